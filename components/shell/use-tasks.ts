import { Workflow } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { DAILY, SETUP, type Task, type TaskName } from "./tasks";

export type NamedTask = Task & { label: string };
type Tasks = { daily: NamedTask[]; runs: NamedTask[]; setup: NamedTask[] };

/** The pages of this catalogue by name. Runs have a page where the catalogue has runs, by the name that it gives them. */
export function useTasks(): Tasks {
  const t = useTranslations("shell");
  const { runs } = useFacts();
  return useMemo(() => {
    const nameOf = (name: TaskName) => (name === "runs" ? (runs?.label ?? "") : t(name));
    const named = (tasks: readonly Task[]) => tasks.map((task) => ({ ...task, label: nameOf(task.name) }));
    return { daily: named(DAILY), runs: named(runs ? [{ name: "runs", icon: Workflow }] : []), setup: named(SETUP) };
  }, [t, runs]);
}
