"use client";
import { useTranslations } from "next-intl";
import { auditActions } from "@/components/context/choices";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Button } from "@/components/ui/button";
import { Combobox, type ComboboxOption } from "@/components/ui/combobox";
import { DateRange } from "@/components/ui/date-range";
import type { DateSpan } from "@/components/ui/date-span";
import { AUDIT_ACTIONS } from "@/lib/audit/schema";
import { localDate, printRange } from "@/lib/kernel/print-time";
import { useAuditLabels } from "./audit-labels";
import { type AuditState, NO_FILTERS } from "./state";

type Change = Partial<{ [Name in keyof AuditState]: AuditState[Name] | null }>;
type Props = {
  state: AuditState;
  actors: readonly ComboboxOption[];
  objects: readonly ComboboxOption[];
  onChange: (change: Change) => void;
};

const DAYS = { timeZone: "UTC", year: true, clock: false };
const printSpan = ({ from, to }: DateSpan) =>
  printRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`), DAYS);

/** Filters for actor, action, object and time; the address contains all of them. */
export function FilterBar({ state, actors, objects, onChange }: Props) {
  const t = useTranslations("audit.filter");
  const labels = useAuditLabels();
  const facts = useFacts();
  const { timeZone } = facts;
  const today = localDate(useNow(), timeZone);
  const { from, to } = state;
  const span = from || to ? { from: from ?? to ?? today, to: to ?? today } : null;
  const here = auditActions(facts);
  const chosen = AUDIT_ACTIONS.find((action) => action === state.action && !here.includes(action));
  const actions = [...here, ...(chosen ? [chosen] : [])].map((action) => ({
    value: action,
    label: labels.action(action),
  }));
  return (
    <>
      <Combobox
        label={t("actor")}
        placeholder={t("anyActor")}
        options={actors}
        value={state.actor}
        onChange={(actor) => onChange({ actor })}
        className="w-48 max-sm:w-full"
      />
      <Combobox
        label={t("action")}
        placeholder={t("anyAction")}
        options={actions}
        value={state.action}
        onChange={(value) => onChange({ action: AUDIT_ACTIONS.find((action) => action === value) ?? null })}
        className="w-52 max-sm:w-full"
      />
      <Combobox
        label={t("object")}
        placeholder={t("anyObject")}
        options={objects}
        value={state.object}
        onChange={(object) => onChange({ object })}
        className="w-48 max-sm:w-full"
      />
      <DateRange
        label={t("dates")}
        placeholder={t("anyDate")}
        value={span}
        latest={today}
        print={printSpan}
        onChange={(next) => onChange({ from: next.from, to: next.to })}
      />
      {Object.values(state).some((value) => value !== null) ? (
        <Button variant="ghost" className="text-sm" onClick={() => onChange(NO_FILTERS)}>
          {t("clear")}
        </Button>
      ) : null}
    </>
  );
}
