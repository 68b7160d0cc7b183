"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useBalance } from "@/components/data/queries";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Amount } from "@/components/values/amount";

/** What is lost is spelled out and agreed to; then the name is typed, so that it is not another organization. */
export function NameField({ organization }: { organization: string }) {
  const t = useTranslations("settings.delete");
  const { offered } = useFacts();
  const { data } = useBalance();
  const left = data && data.available !== "0" && !data.available.startsWith("-") ? data.available : null;
  return (
    <>
      <ul className="grid list-disc gap-1 pl-5">
        <li>{t("keysEnd")}</li>
        <li>{t("peopleOut", { plans: String(offered.subscription) })}</li>
        <li>{t("booksStay")}</li>
        {left ? (
          <li className="font-medium text-critical">
            {t.rich("forfeits", { amount: () => <Amount of={left} kind="balance" /> })}
          </li>
        ) : null}
      </ul>
      {left ? (
        <Checkbox name="forfeit" value="on">
          {t.rich("forfeit", { amount: () => <Amount of={left} kind="balance" /> })}
        </Checkbox>
      ) : null}
      <Field name="name" label={t("name", { organization })}>
        <Input autoComplete="off" />
      </Field>
    </>
  );
}
