"use client";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";

export const THEMES = ["system", "light", "dark"] as const;
export type ThemeName = (typeof THEMES)[number];

/** The reader's theme, kept by the browser; the system's until they choose. */
export function useThemeChoice() {
  const t = useTranslations("shell");
  const { theme, setTheme } = useTheme();
  const words: Record<ThemeName, string> = {
    system: t("themeSystem"),
    light: t("themeLight"),
    dark: t("themeDark"),
  };
  return {
    theme: THEMES.find((name) => name === theme) ?? "system",
    options: THEMES.map((value) => ({ value, label: words[value] })),
    setTheme,
  };
}
