"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { cn } from "@/components/ui/class-names";
import type { AccountFacts } from "./account-facts";
import { More } from "./more";
import { isAt } from "./tasks";
import { type NamedTask, useTasks } from "./use-tasks";
import { WIDE_ONLY } from "./wide-only";

function SideEntry({ task, active }: { task: NamedTask; active: boolean }) {
  const paths = usePaths();
  return (
    <li>
      <Link
        href={paths[task.name]}
        title={task.label}
        {...(active && { "aria-current": "page" as const })}
        className={cn(
          "flex h-9 items-center gap-3 rounded-control px-[9px] transition-colors duration-150",
          task.below && "lg:group-data-[collapsed=false]/frame:pl-[30px]",
          active ? "bg-accent-soft font-medium text-accent-strong" : "text-muted hover:bg-control hover:text-text",
        )}
      >
        <task.icon aria-hidden="true" className="size-[18px] shrink-0" />
        <span className={WIDE_ONLY}>{task.label}</span>
      </Link>
    </li>
  );
}

/** The portal's tasks at the side. */
export function Navigation() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const paths = usePaths();
  const { work, setup } = useTasks();
  return (
    <nav aria-label={t("main")} className="grid gap-4">
      {[work, setup].map((tasks) => (
        <ul key={tasks[0]?.name} className="grid gap-0.5">
          {tasks.map((task) => (
            <SideEntry key={task.name} task={task} active={isAt(task, pathname, paths)} />
          ))}
        </ul>
      ))}
    </nav>
  );
}

/** The look of one of five in a phone's bottom bar. */
const BOTTOM = "flex h-14 w-full flex-col items-center justify-center gap-0.5 text-xs";

/** The daily tasks at the bottom of a phone, and behind "More" the rest. */
export function BottomNavigation({ account }: { account: AccountFacts }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const paths = usePaths();
  const { daily, work, setup } = useTasks();
  const others = [...work, ...setup].filter(({ name }) => !daily.some((task) => task.name === name));
  return (
    <nav aria-label={t("main")}>
      <ul className="grid grid-cols-5">
        {daily.map((task) => {
          const active = isAt(task, pathname, paths);
          return (
            <li key={task.name} className="min-w-0">
              <Link
                href={paths[task.name]}
                {...(active && { "aria-current": "page" as const })}
                className={cn(BOTTOM, active ? "font-medium text-accent" : "text-muted")}
              >
                <task.icon aria-hidden="true" className="size-5 shrink-0" />
                <span className="max-w-full truncate">{task.label}</span>
              </Link>
            </li>
          );
        })}
        <li className="min-w-0">
          <More account={account} active={others.some((task) => isAt(task, pathname, paths))} />
        </li>
      </ul>
    </nav>
  );
}
