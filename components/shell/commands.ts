"use client";
import { BookOpen, Copy, CornerDownRight, LogOut, type LucideIcon, Moon, Receipt, Sun, SunMoon } from "lucide-react";
import type { Route } from "next";
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
import { usePlacedPages, useWords, type Word } from "./words";

/** `words` are compared with the typed text; `place` says where the label is found. */
export type Command = { id: string; label: string; words: string; icon: LucideIcon; run: () => void; place?: string };
export type CommandGroup = { label: string; items: Command[] };

const RECORD = /^(?:txn|evt|hold|chg|grt)_[\w-]{8,}$/;
const THEME_ICONS: Record<ThemeName, LucideIcon> = { system: SunMoon, light: Sun, dark: Moon };

/** A word leads to its place; the words on the way find it as well. */
function foundAt({ label, href, place }: Word, router: ReturnType<typeof useRouter>): Command {
  return {
    id: `word-${label}`,
    label,
    words: place ? `${label} ${place} → ${label}` : label,
    icon: CornerDownRight,
    run: () => router.push(href as Route),
    place,
  };
}

/** Parts of pages, by the words of the operator and of the portal; only for a text, because they are many. */
export function useWordSearch(text: string): CommandGroup | undefined {
  const t = useTranslations("shell");
  const router = useRouter();
  const words = useWords();
  const placed = usePlacedPages();
  if (text.trim() === "") return undefined;
  const others = words.filter(({ label }) => !placed.some((page) => page.label.toLowerCase() === label.toLowerCase()));
  return { label: t("parts"), items: others.map((word) => foundAt(word, router)) };
}

/** The commands of the palette, in the order of the navigation. */
export function useCommands(account: AccountFacts): CommandGroup[] {
  const t = useTranslations("shell");
  const router = useRouter();
  const { organization, places } = useFacts();
  const own = usePaths();
  const { work, setup } = useTasks();
  const placed = usePlacedPages();
  const { theme, options, setTheme } = useThemeChoice();
  return useMemo(() => {
    const command = (id: string, label: string, icon: LucideIcon, run: () => void): Command => ({
      id,
      label,
      words: label,
      icon,
      run,
    });
    const pages = [...work, ...setup].map((task) => {
      const page = command(task.name, task.label, task.icon, () => router.push(own[task.name]));
      return task.name === "billing" ? { ...page, words: places.billing.join(" → ") } : page;
    });
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
          ...placed.map((word) => foundAt(word, router)),
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
  }, [t, router, organization, places, own, theme, options, setTheme, account, work, setup, placed]);
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
