import { Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { DAILY, SETUP, type Task, type TaskName } from "./tasks";

/** `below`: the entry stands below the one before it, as the catalogue's words say. */
export type NamedTask = Task & { label: string; below?: boolean };
/** `daily` fits a phone's bottom bar; `work` and `setup` are the two groups at the side. */
type Tasks = { daily: NamedTask[]; work: NamedTask[]; setup: NamedTask[] };

/** The setup with the nested entry after the one that it stands below. */
function nest(setup: NamedTask[], parent: NamedTask, entry: NamedTask): NamedTask[] {
  return setup.flatMap((task) => (task === parent ? [task, { ...entry, below: true }] : [task]));
}

/**
 * The pages of this catalogue by name. Runs have a page where the catalogue has runs, by the name that it gives them;
 * billing has the name and the place of the catalogue's words: Settings, Billing is below Settings.
 */
export function useTasks(): Tasks {
  const t = useTranslations("shell");
  const { runs, places } = useFacts();
  return useMemo(() => {
    const nameOf = (name: TaskName) => {
      if (name === "runs") return runs?.label ?? "";
      return name === "billing" ? (places.billing.at(-1) ?? "") : t(name);
    };
    const named = (tasks: readonly Task[]) => tasks.map((task) => ({ ...task, label: nameOf(task.name) }));
    const daily = named(DAILY);
    const setup = named(SETUP);
    const billing = daily.find(({ name }) => name === "billing");
    const parent = setup.find(({ label }) => label === places.billing.at(-2));
    const nested = billing && parent;
    const [overview, usage, ...rest] = daily;
    const work = [overview, usage, ...named(runs ? [{ name: "runs", icon: Workflow }] : []), ...rest];
    return {
      daily,
      work: work.filter((task) => task !== undefined && !(nested && task === billing)) as NamedTask[],
      setup: nested ? nest(setup, parent, billing) : setup,
    };
  }, [t, runs, places]);
}
