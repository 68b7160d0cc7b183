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
import { paths } from "@/lib/kernel/paths";

export type TaskName = "overview" | "usage" | "transactions" | "billing" | "keys" | "team" | "settings" | "developers";
export type Task = { name: TaskName; href: string; icon: LucideIcon };

/** What is looked at every day; a phone keeps these in its bottom bar. */
export const DAILY: readonly Task[] = [
  { name: "overview", href: paths.overview, icon: LayoutDashboard },
  { name: "usage", href: paths.usage, icon: ChartColumn },
  { name: "transactions", href: paths.transactions, icon: ArrowLeftRight },
  { name: "billing", href: paths.billing, icon: CreditCard },
];

/** What is set up and then left alone. */
export const SETUP: readonly Task[] = [
  { name: "keys", href: paths.keys, icon: KeyRound },
  { name: "developers", href: paths.developers, icon: Code },
  { name: "team", href: paths.team, icon: Users },
  { name: "settings", href: paths.settings, icon: Settings },
];

/** A task stays marked on the pages below it. */
export function isAt(task: Task, pathname: string): boolean {
  return pathname === task.href || (task.href !== "/" && pathname.startsWith(`${task.href}/`));
}
