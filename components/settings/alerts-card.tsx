"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, type Reader, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { Card, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PermissionNote } from "@/components/ui/permission-note";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { Amount } from "@/components/values/amount";
import { type AlertsAnswer, setAlertsSchema } from "@/lib/alerts/schema";
import { allows } from "@/lib/kernel/permissions";
import { Fact } from "./fact";

type Props = { alerts: AlertsAnswer; reader: Reader; set: Action; setOwn: Action };

function RuleForm({ alerts, set }: Pick<Props, "alerts" | "set">) {
  const t = useTranslations("alerts");
  const { unit } = useFacts();
  const router = useRouter();
  return (
    <Form
      schema={setAlertsSchema}
      submit={t("save")}
      onSubmit={async (values) => {
        const answer = await set(values);
        if (answer.refusal) return refusalOf(answer);
        toast(t("saved"), "success");
        router.refresh();
        return undefined;
      }}
    >
      <Checkbox name="levels" defaultChecked={alerts.levels}>
        {t("levels")}
      </Checkbox>
      <Field name="threshold" label={t("threshold")} hint={t("thresholdHint", { unit: unit.code })}>
        <Input inputMode="decimal" autoComplete="off" className="max-w-40" defaultValue={alerts.threshold ?? ""} />
      </Field>
    </Form>
  );
}

function Rule({ alerts }: Pick<Props, "alerts">) {
  const t = useTranslations("alerts");
  return (
    <>
      <dl>
        <Fact label={t("levelMails")}>{alerts.levels ? t("on") : t("off")}</Fact>
        <Fact label={t("ownThreshold")}>
          {alerts.threshold === null ? t("ownThresholdNone") : <Amount of={alerts.threshold} />}
        </Fact>
      </dl>
      <PermissionNote className="mt-4">{t("why")}</PermissionNote>
    </>
  );
}

/** The reader's own choice, in effect at once. */
function OwnSwitch({ on, setOwn }: { on: boolean; setOwn: Action }) {
  const t = useTranslations("alerts");
  const [checked, setChecked] = useState(on);
  const change = async (next: boolean) => {
    setChecked(next);
    const answer = await setOwn(next ? { mails: "on" } : {}).catch(() => undefined);
    if (answer && !answer.refusal) {
      toast(t("ownSaved"), "success");
      return;
    }
    setChecked(!next);
    toast((answer && refusalOf(answer)?.problem) ?? t("ownFailed"), "error");
  };
  return (
    <div className="mt-4 border-t pt-4">
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the component inside. */}
      <label className="flex items-center gap-3 touch:py-3 font-medium">
        <Switch checked={checked} onCheckedChange={change} />
        {t("own")}
      </label>
      <p className="text-muted text-sm">{t("ownNote")}</p>
    </div>
  );
}

/** Which mails the organization's owners and admins get about its balance, and whether the reader gets them. */
export function AlertsCard({ alerts, reader, set, setOwn }: Props) {
  const t = useTranslations("alerts");
  return (
    <Card id="alerts" aria-label={t("title")} className="scroll-mt-20">
      <CardHeader title={t("title")} />
      <p className="mb-4 max-w-[60ch] text-muted">{t("what")}</p>
      {allows(reader.role, "organization.update") ? (
        <RuleForm key={`${alerts.levels} ${alerts.threshold}`} alerts={alerts} set={set} />
      ) : (
        <Rule alerts={alerts} />
      )}
      {alerts.own === null ? null : <OwnSwitch on={alerts.own} setOwn={setOwn} />}
    </Card>
  );
}
