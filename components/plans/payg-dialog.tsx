"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { toast } from "@/components/ui/toast";
import { Amount } from "@/components/values/amount";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { type PaygForm, paygForm } from "@/lib/plans/schema";

const MODES = ["off", "unlimited", "limit"] as const;
type Mode = (typeof MODES)[number];
type Payg = NonNullable<BalanceAnswer["payg"]>;

function modeOf({ enabled, limit }: Payg): Mode {
  if (!enabled) return "off";
  return limit === null ? "unlimited" : "limit";
}

type Props = {
  payg: Payg;
  limitPresets: readonly string[];
  action: Action;
  onClose: () => void;
  onChanged: () => void;
};

/** The switch and its limit. Changes apply immediately, also to running calls. */
export function PaygDialog({ payg, limitPresets, action, onClose, onChanged }: Props) {
  const t = useTranslations("plans.payg");
  const ui = useTranslations("ui");
  const { unit, labels } = useFacts();
  const [mode, setMode] = useState<Mode>(modeOf(payg));
  const [limit, setLimit] = useState(payg.limit ?? limitPresets[0] ?? "");
  const { payg: label } = labels;
  const send = async (values: PaygForm): Promise<FormRefusal | undefined> => {
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    toast(t("done", { label }), "success");
    onChanged();
    onClose();
  };
  return (
    <Dialog open onOpenChange={(next) => next || onClose()} title={t("title", { label })} description={t("choice")}>
      <Form
        schema={paygForm}
        onSubmit={send}
        submit={t("save")}
        note={t(`notes.${mode}`)}
        actions={<Button onClick={onClose}>{ui("cancel")}</Button>}
      >
        <input type="hidden" name="mode" value={mode} />
        <Segments<Mode>
          label={t("choice")}
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`choices.${value}`) }))}
          onChange={setMode}
        />
        {mode === "limit" ? (
          <>
            <Field name="limit" label={t("amount", { unit: unit.plural })}>
              <Input
                inputMode="decimal"
                autoComplete="off"
                value={limit}
                onChange={(event) => setLimit(event.target.value)}
              />
            </Field>
            {limitPresets.length > 0 ? (
              <div className="flex flex-wrap gap-2">
                {limitPresets.map((preset) => (
                  <Button key={preset} size="small" onClick={() => setLimit(preset)}>
                    <Amount of={preset} />
                  </Button>
                ))}
              </div>
            ) : null}
          </>
        ) : null}
      </Form>
    </Dialog>
  );
}
