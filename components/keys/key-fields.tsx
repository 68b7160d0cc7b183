"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { Select } from "@/components/ui/select";
import { localDate } from "@/lib/kernel/print-time";

/** A member as far as a key names its owner. */
export type Person = { userId: string; name: string | null; email: string };
const ANY = "*";

export function NameField({ now }: { now?: string }) {
  const t = useTranslations("keys.form");
  return (
    <Field name="name" label={t("name")} hint={t("nameHint")}>
      <Input autoComplete="off" maxLength={120} defaultValue={now} />
    </Field>
  );
}

export function OwnerField({ people, now }: { people: readonly Person[]; now: string | null }) {
  const t = useTranslations("keys.form");
  return (
    <Field name="ownerId" label={t("owner")} hint={t("ownerHint")}>
      <Select defaultValue={now ?? ""}>
        {people.map((person) => (
          <option key={person.userId} value={person.userId}>
            {person.name ? `${person.name} (${person.email})` : person.email}
          </option>
        ))}
        <option value="">{t("organization")}</option>
      </Select>
    </Field>
  );
}

/** The last day on which the key works. */
export function ExpiryField({ now }: { now?: string | null }) {
  const t = useTranslations("keys.form");
  const { timeZone } = useFacts();
  const today = localDate(useNow(), timeZone);
  // A key that ends at midnight works on the day before.
  const last = now ? localDate(new Date(Date.parse(now) - 1), timeZone) : "";
  return (
    <Field name="expiresOn" label={t("expires")} hint={t("expiresHint", { timeZone })}>
      <Input type="date" min={today} defaultValue={last} className="sm:w-48" />
    </Field>
  );
}

function Choices({ name, options, now }: { name: "endpoints" | "models"; options: readonly string[]; now: string[] }) {
  const t = useTranslations("keys.form");
  // A name that the catalogue has removed stays a choice while the key has it.
  const all = [...new Set([...options.filter((option) => option !== ANY), ...now])];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-muted text-sm">{t(name)}</legend>
      <div className="grid max-h-44 content-start gap-1 overflow-y-auto rounded-control border p-2">
        {all.map((option) => (
          <Checkbox key={option} name={name} value={option} defaultChecked={now.includes(option)}>
            <span className="break-all">{option}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

/** Everything, or some endpoints and models; none marked in a list is all of that list. */
export function AllowedFields({ endpoints = [], models = [] }: { endpoints?: string[]; models?: string[] }) {
  const t = useTranslations("keys.form");
  const facts = useFacts();
  const [scope, setScope] = useState(endpoints.length + models.length > 0 ? "some" : "all");
  return (
    <div className="grid min-w-0 gap-2">
      <p className="font-medium text-sm">{t("allowed")}</p>
      <div>
        <Segments
          label={t("allowed")}
          value={scope}
          options={[
            { value: "all", label: t("all") },
            { value: "some", label: t("some") },
          ]}
          onChange={setScope}
        />
      </div>
      {scope === "some" ? (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <Choices name="endpoints" options={facts.endpoints} now={endpoints} />
            <Choices name="models" options={facts.models} now={models} />
          </div>
          <p className="text-muted text-sm">{t("someHint")}</p>
        </>
      ) : null}
    </div>
  );
}
