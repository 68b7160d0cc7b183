"use client";
import {
  BookOpen,
  CirclePlus,
  Copy,
  CreditCard,
  FileText,
  LogOut,
  type LucideIcon,
  Moon,
  Receipt,
  Sun,
  SunMoon,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { toast } from "@/components/ui/toast";
import { paths } from "@/lib/kernel/paths";
import type { AccountFacts } from "./account-facts";
import { useTasks } from "./use-tasks";
import { type ThemeName, useThemeChoice } from "./use-theme-choice";

/** `words` are compared with the typed text. */
export type Command = { id: string; label: string; words: string; icon: LucideIcon; run: () => void };
export type CommandGroup = { label: string; items: Command[] };

const RECORD = /^(?:txn|evt|hold|chg|grt)_[\w-]{8,}$/;
const THEME_ICONS: Record<ThemeName, LucideIcon> = { system: SunMoon, light: Sun, dark: Moon };

/** The commands of the palette, in the order of the navigation. */
export function useCommands(account: AccountFacts): CommandGroup[] {
  const t = useTranslations("shell");
  const router = useRouter();
  const { labels, organization } = useFacts();
  const own = usePaths();
  const tasks = useTasks();
  const { theme, options, setTheme } = useThemeChoice();
  return useMemo(() => {
    const command = (id: string, label: string, icon: LucideIcon, run: () => void): Command => ({
      id,
      label,
      words: label,
      icon,
      run,
    });
    const pages = [...tasks.daily, ...tasks.runs, ...tasks.setup].map((task) =>
      command(task.name, task.label, task.icon, () => router.push(own[task.name])),
    );
    const billing = [
      ...(labels.topUp ? [command("add-funds", labels.topUp, CirclePlus, () => router.push(own.addFunds))] : []),
      command("payment-methods", t("paymentMethods"), CreditCard, () => router.push(own.paymentMethods)),
      command("invoices", t("invoices"), FileText, () => router.push(own.invoices)),
    ];
    const themes = options
      .filter(({ value }) => value !== theme)
      .map(({ value, label }) =>
        command(`theme-${value}`, `${t("theme")}: ${label}`, THEME_ICONS[value], () => setTheme(value)),
      );
    const copyId = () =>
      void navigator.clipboard.writeText(organization.id).then(() => toast(t("organizationIdCopied"), "success"));
    return [
      {
        label: t("pages"),
        items: [
          ...pages,
          ...billing,
          command("docs", t("apiReference"), BookOpen, () => window.location.assign(paths.docs)),
        ],
      },
      {
        label: t("actions"),
        items: [
          command("copy", t("copyOrganizationId"), Copy, copyId),
          ...themes,
          command("sign-out", t("signOut"), LogOut, () => void account.signOut()),
        ],
      },
    ];
  }, [t, router, labels, organization, own, theme, options, setTheme, account, tasks]);
}

/** An ID leads to the transactions, which find it in all its forms. */
export function useRecord(text: string): CommandGroup | undefined {
  const t = useTranslations("shell");
  const router = useRouter();
  const own = usePaths();
  const id = text.trim();
  if (!RECORD.test(id)) return undefined;
  const run = () => router.push(`${own.transactions}?search=${encodeURIComponent(id)}`);
  return { label: t("records"), items: [{ id, label: t("findRecord", { id }), words: text, icon: Receipt, run }] };
}

/** A run has the id that its caller gave it, so what looks like one is offered below the pages. */
export function useRunSearch(text: string): CommandGroup | undefined {
  const t = useTranslations("shell");
  const router = useRouter();
  const own = usePaths();
  const { runs } = useFacts();
  const id = text.trim();
  if (!runs || !/^\S*[\d_-]\S*$/.test(id)) return undefined;
  const run = () => router.push(`${own.runs}?search=${encodeURIComponent(id)}`);
  const label = t("findRun", { id, label: runs.label });
  return { label: runs.label, items: [{ id: `run-${id}`, label, words: text, icon: Receipt, run }] };
}
