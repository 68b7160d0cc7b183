"use client";
import { BookOpen, ChartColumn, LayoutDashboard, type LucideIcon } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/class-names";
import { paths } from "@/lib/kernel/paths";

type Task = { href: string; label: string; icon: LucideIcon; external?: boolean };
const TASKS: readonly Task[] = [
  { href: paths.overview, label: "Overview", icon: LayoutDashboard },
  { href: paths.usage, label: "Usage", icon: ChartColumn },
  // Served by the API, not by the portal, so it is a whole page load.
  { href: paths.docs, label: "API reference", icon: BookOpen, external: true },
];

const LOOKS = {
  side: "flex h-9 items-center gap-3 rounded-control px-3 max-lg:w-9 max-lg:justify-center max-lg:px-0",
  bottom: "flex h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs",
} as const;

function Entry({ task, place, active }: { task: Task; place: keyof typeof LOOKS; active: boolean }) {
  const className = cn(
    LOOKS[place],
    "text-muted transition-colors duration-150 hover:text-text",
    place === "side" && "hover:bg-control",
    active && "font-medium text-accent hover:text-accent",
    active && place === "side" && "bg-accent-soft hover:bg-accent-soft",
  );
  const content = (
    <>
      <task.icon aria-hidden="true" className="size-[18px] shrink-0" />
      <span className={place === "side" ? "max-lg:sr-only" : undefined}>{task.label}</span>
    </>
  );
  const current = active ? { "aria-current": "page" as const } : {};
  if (task.external) {
    return (
      <a href={task.href} title={task.label} className={className}>
        {content}
      </a>
    );
  }
  return (
    <Link href={task.href as Route} title={task.label} className={className} {...current}>
      {content}
    </Link>
  );
}

/** The portal's tasks, at the side or, on a phone, at the bottom. */
export function Navigation({ place }: { place: keyof typeof LOOKS }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className={place === "side" ? "grid gap-1" : "flex"}>
      {TASKS.map((task) => (
        <Entry key={task.href} task={task} place={place} active={pathname === task.href} />
      ))}
    </nav>
  );
}
