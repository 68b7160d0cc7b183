"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Key } from "@/lib/accounts/schema";

const WINDOWS = ["day", "week", "month", "total"] as const;

/** One amount for each window; empty is no limit. `now` is the present limit. */
export function LimitFields({ now = [] }: { now?: Key["limits"] }) {
  const t = useTranslations("keys.limitForm");
  const { unit } = useFacts();
  const set = new Map(now.map(({ window, limit }) => [window, limit]));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 font-medium text-sm">{t("legend", { unit: unit.plural })}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {WINDOWS.map((window) => (
          <Field key={window} name={window} label={t(window)}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              placeholder={t("none")}
              defaultValue={set.get(window) ?? ""}
            />
          </Field>
        ))}
      </div>
      <p className="text-muted text-sm">{t("hint")}</p>
    </fieldset>
  );
}
