"use client";
import { Copy, LogOut } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Segments } from "@/components/ui/segments";
import { Sheet } from "@/components/ui/sheet";
import { toast } from "@/components/ui/toast";
import type { AccountFacts } from "./account-facts";
import { isAt } from "./tasks";
import { useTasks } from "./use-tasks";
import { useThemeChoice } from "./use-theme-choice";

type Props = { open: boolean; onOpenChange: (open: boolean) => void; account: AccountFacts };

/** The tasks that are set up once, the theme, and signing out. */
export default function MoreSheet({ open, onOpenChange, account }: Props) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const paths = usePaths();
  const { organization } = useFacts();
  const { work, setup, daily } = useTasks();
  // What stands below another entry is listed there as well, although the bottom bar has it.
  const entries = [...work.filter(({ name }) => !daily.some((task) => task.name === name)), ...setup];
  const { theme, options, setTheme } = useThemeChoice();
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t("more")} description={account.email}>
      <ul className="-mx-2 grid gap-0.5">
        {entries.map((task) => (
          <li key={task.name}>
            <Link
              href={paths[task.name]}
              onClick={() => onOpenChange(false)}
              {...(isAt(task, pathname, paths) && { "aria-current": "page" as const })}
              className={cn(
                "flex h-11 items-center gap-3 rounded-control px-2",
                task.below && "pl-8",
                isAt(task, pathname, paths) && "bg-accent-soft font-medium text-accent-strong",
              )}
            >
              <task.icon aria-hidden="true" className="size-5" />
              {task.label}
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-4 grid gap-4 border-line border-t pt-4">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span>{t("theme")}</span>
          <Segments label={t("theme")} value={theme} options={options} onChange={setTheme} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            onClick={() =>
              void navigator.clipboard
                .writeText(organization.id)
                .then(() => toast(t("organizationIdCopied"), "success"))
            }
          >
            <Copy aria-hidden="true" />
            {t("copyOrganizationId")}
          </Button>
          <Button onClick={() => void account.signOut()}>
            <LogOut aria-hidden="true" />
            {t("signOut")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
