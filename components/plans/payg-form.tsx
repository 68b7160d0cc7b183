"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { Amount } from "@/components/values/amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { paygForm, type PaygForm as Values } from "@/lib/plans/schema";

type Payg = NonNullable<BalanceAnswer["payg"]>;
type Props = { payg: Payg; limitPresets: readonly string[]; action: Action; onChanged: () => void };

/** The switch and its limit. Changes apply immediately, also to running calls. */
export function PaygForm({ payg, limitPresets, action, onChanged }: Props) {
  const t = useTranslations("plans.payg");
  const { unit, labels } = useFacts();
  const [enabled, setEnabled] = useState(payg.enabled);
  const [limit, setLimit] = useState(payg.limit ?? "");
  const { payg: label } = labels;
  const mode = enabled ? (limit.trim() === "" ? "unlimited" : "limit") : "off";
  const send = async (values: Values): Promise<FormRefusal | undefined> => {
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    toast(t("done", { label }), "success");
    onChanged();
  };
  return (
    <Form schema={paygForm} onSubmit={send} submit={t("save")} note={t(`notes.${mode}`)} className="mt-4">
      <input type="hidden" name="mode" value={mode} />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the component inside. */}
      <label className="flex items-center gap-3 touch:py-3 font-medium">
        <Switch checked={enabled} onCheckedChange={setEnabled} />
        {t("enable", { label })}
      </label>
      {enabled ? (
        <Field name="limit" label={labels.paygLimit} hint={t("limitHint", { unit: unit.plural })}>
          <div className="flex flex-wrap items-center gap-2">
            <Input
              inputMode="decimal"
              autoComplete="off"
              className="max-w-40"
              value={limit}
              onChange={(event) => setLimit(event.target.value)}
            />
            {limitPresets.map((preset) => (
              <Button key={preset} size="small" onClick={() => setLimit(preset)}>
                <Amount of={preset} />
              </Button>
            ))}
            <Button size="small" onClick={() => setLimit("")}>
              {t("noLimit")}
            </Button>
          </div>
        </Field>
      ) : null}
    </Form>
  );
}
