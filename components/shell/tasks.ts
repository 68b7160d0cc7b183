import {
  ArrowLeftRight,
  ChartColumn,
  Code,
  CreditCard,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  Settings,
  Users,
} from "lucide-react";
import type { OrganizationPaths } from "@/lib/kernel/paths";

export type TaskName =
  | "overview"
  | "usage"
  | "runs"
  | "transactions"
  | "billing"
  | "keys"
  | "team"
  | "settings"
  | "developers";
/** The name is that of its page among the organization's paths. */
export type Task = { name: TaskName; icon: LucideIcon };

/** The pages of daily use; a phone keeps these in its bottom bar. */
export const DAILY: readonly Task[] = [
  { name: "overview", icon: LayoutDashboard },
  { name: "usage", icon: ChartColumn },
  { name: "transactions", icon: ArrowLeftRight },
  { name: "billing", icon: CreditCard },
];

/** Pages that are set up once. */
export const SETUP: readonly Task[] = [
  { name: "keys", icon: KeyRound },
  { name: "developers", icon: Code },
  { name: "team", icon: Users },
  { name: "settings", icon: Settings },
];

/** A task stays marked on the pages below it, unless another task is nearer; the overview is below none. */
export function isAt({ name }: Task, pathname: string, paths: OrganizationPaths): boolean {
  const holds = (task: TaskName) =>
    pathname === paths[task] || (task !== "overview" && pathname.startsWith(`${paths[task]}/`));
  const nearer = paths.billing.length > paths[name].length && name !== "billing" && holds("billing");
  return holds(name) && !nearer;
}
