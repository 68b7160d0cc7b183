"use client";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segments } from "@/components/ui/segments";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const never = () => () => undefined;

/** Light, dark or as the device says. The choice is the browser's, so the server draws the usual one. */
export function ThemeChoice() {
  const t = useTranslations("settings");
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const value = THEMES.find((one) => inBrowser && one === theme) ?? "system";
  return (
    <Segments<Theme>
      label={t("theme")}
      value={value}
      options={THEMES.map((one) => ({ value: one, label: t(`themes.${one}`) }))}
      onChange={setTheme}
    />
  );
}
