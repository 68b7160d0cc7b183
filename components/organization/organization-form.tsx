"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { updateOrganizationSchema } from "@/lib/accounts/schema";
import { presentZone, presentZones } from "@/lib/kernel/time-zone";

export type OrganizationFacts = { name: string; timeZone: string };
type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  submit: string;
  note: string;
  /** What it is called and set to now; left out for a new one. */
  now?: OrganizationFacts;
  onSubmit: (values: OrganizationFacts) => Promise<FormRefusal | undefined>;
};

/** The browser's zones; what is set stays a choice even where the browser does not know it. */
function zonesWith(zone: string): string[] {
  return [...new Set([zone, ...presentZones()])].sort();
}

/** Inside of the dialog, so that the list of zones is the browser's alone. */
function Fields({ now }: { now: OrganizationFacts | undefined }) {
  const t = useTranslations("settings.form");
  const { offered } = useFacts();
  const set = now?.timeZone ?? presentZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [zone, setZone] = useState(set);
  return (
    <>
      <Field name="name" label={t("name")}>
        <Input autoComplete="organization" maxLength={120} defaultValue={now?.name} />
      </Field>
      <Field
        name="timeZone"
        label={t("timeZone")}
        hint={
          now && zone !== now.timeZone
            ? t("zoneChanges", { from: now.timeZone, to: zone, plans: String(offered.subscription) })
            : t("zoneHint")
        }
      >
        <Select value={zone} onChange={(event) => setZone(event.target.value)}>
          {zonesWith(set).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
    </>
  );
}

/** Name and time zone of an organization. */
export function OrganizationForm({ open, onClose, title, submit, note, now, onSubmit }: Props) {
  const t = useTranslations("settings.form");
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={title}>
      <Form
        schema={updateOrganizationSchema}
        onSubmit={onSubmit}
        submit={submit}
        note={note}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <Fields now={now} />
      </Form>
    </Dialog>
  );
}
