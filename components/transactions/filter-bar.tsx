"use client";
import { ChevronDown, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { transactionTypes } from "@/components/context/choices";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { TransactionTypeName } from "@/components/ledger/transaction-type";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateRange } from "@/components/ui/date-range";
import type { DateSpan } from "@/components/ui/date-span";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Menu, MenuCheck } from "@/components/ui/menu";
import { localDate, printDate } from "@/lib/kernel/print-time";
import type { TransactionType } from "@/lib/ledger/schema";
import type { KeyName } from "./columns";
import { isFiltered, type TransactionsState } from "./state";

export type Change = Partial<{ [Name in keyof TransactionsState]: TransactionsState[Name] | null }>;
type Props = { state: TransactionsState; keys: readonly KeyName[]; onChange: (change: Change) => void };

/** Looks for one reference, whole: on Enter, on pasting, and when the field is left. */
function SearchField({ value, onChange }: { value: string | null; onChange: (search: string | null) => void }) {
  const t = useTranslations("transactions.filter");
  const [text, setText] = useState(value ?? "");
  const [shown, setShown] = useState(value);
  // The address may change without the field: by Back, or by clearing the filters.
  if (shown !== value) {
    setShown(value);
    setText(value ?? "");
  }
  const commit = (next: string) => {
    const search = next.trim() || null;
    if (search !== value) onChange(search);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    commit(text);
  };
  return (
    <search className="relative w-80 max-w-full max-sm:w-full">
      <form onSubmit={submit}>
        <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
        <Input
          aria-label={t("search")}
          placeholder={t("searchHint")}
          value={text}
          spellCheck={false}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={255}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => commit(text)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData("text").trim();
            if (text !== "" || !pasted) return;
            event.preventDefault();
            setText(pasted);
            commit(pasted);
          }}
          className="px-9 text-sm"
        />
        {text ? (
          <IconButton
            size="small"
            label={t("clearSearch")}
            className="-translate-y-1/2 absolute top-1/2 right-1"
            onClick={() => {
              setText("");
              commit("");
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        ) : null}
      </form>
    </search>
  );
}

type ResourceProps = { name: string; value: string | null; onChange: (resource: string | null) => void };

/** The id of one project, session or whatever the catalogue's calls are about: on Enter, and when the field is left. */
function ResourceField({ name, value, onChange }: ResourceProps) {
  const t = useTranslations("transactions.filter");
  const prefix = `${name}:`;
  const shown = value?.startsWith(prefix) ? value.slice(prefix.length) : "";
  const commit = (text: string) => {
    const id = text.trim();
    if (id !== shown) onChange(id ? prefix + id : null);
  };
  return (
    <form
      // Back changes the address without the field, which then shows the address.
      key={shown}
      onSubmit={(event) => {
        event.preventDefault();
        commit(String(new FormData(event.currentTarget).get(name) ?? ""));
      }}
      className="w-36 max-sm:w-full"
    >
      <Input
        name={name}
        aria-label={t("resource", { name })}
        placeholder={t("anyResource", { name })}
        defaultValue={shown}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        onBlur={(event) => commit(event.target.value)}
        className="text-sm"
      />
    </form>
  );
}

function Types({
  chosen,
  onChange,
}: {
  chosen: readonly TransactionType[];
  onChange: (types: TransactionType[]) => void;
}) {
  const t = useTranslations("transactions.filter");
  const types = useTranslations("ledger.type");
  const here = transactionTypes(useFacts());
  // An older catalogue may have written others, and the address may name one.
  const choices = [...here, ...chosen.filter((type) => !here.includes(type))];
  const [only] = chosen;
  const words = chosen.length === 1 && only ? types(only) : t("types", { count: chosen.length });
  return (
    <Menu
      align="start"
      trigger={
        <Button aria-label={t("typeIs", { types: words })} className="font-normal">
          {words}
          <ChevronDown aria-hidden="true" className="text-muted" />
        </Button>
      }
    >
      {choices.map((type) => (
        <MenuCheck
          key={type}
          checked={chosen.includes(type)}
          onCheckedChange={(checked) =>
            onChange(choices.filter((one) => (one === type ? checked : chosen.includes(one))))
          }
        >
          <TransactionTypeName type={type} />
        </MenuCheck>
      ))}
    </Menu>
  );
}

const printDay = (date: string) => printDate(new Date(`${date}T00:00:00Z`), "UTC");

function Dates({ state, onChange }: Pick<Props, "state" | "onChange">) {
  const t = useTranslations("transactions.filter");
  const { timeZone } = useFacts();
  const today = localDate(useNow(), timeZone);
  const { from, to } = state;
  const print = (span: DateSpan) => {
    if (!from && to) return t("until", { day: printDay(to) });
    if (from && !to) return t("since", { day: printDay(from) });
    return span.from === span.to ? printDay(span.from) : `${printDay(span.from)} – ${printDay(span.to)}`;
  };
  const value = from || to ? { from: from ?? to ?? today, to: to ?? today } : null;
  return (
    <DateRange
      label={t("dates")}
      placeholder={t("anyDate")}
      value={value}
      latest={today}
      print={print}
      onChange={(span) => onChange({ from: span.from, to: span.to })}
    />
  );
}

/** The filters of the list and of the file. The address contains all of them. */
export function FilterBar({ state, keys, onChange }: Props) {
  const t = useTranslations("transactions.filter");
  const { resources } = useFacts();
  const options = keys.map((key) => ({ value: key.id, label: `${key.name} ···${key.hint}` }));
  return (
    <>
      <SearchField value={state.search} onChange={(search) => onChange({ search })} />
      <Types chosen={state.type} onChange={(type) => onChange({ type: type.length > 0 ? type : null })} />
      <Dates state={state} onChange={onChange} />
      <Combobox
        label={t("key")}
        placeholder={t("anyKey")}
        options={options}
        value={state.key}
        onChange={(key) => onChange({ key })}
        className="w-44 max-sm:w-full"
      />
      {resources.map((name) => (
        <ResourceField key={name} name={name} value={state.resource} onChange={(resource) => onChange({ resource })} />
      ))}
      {isFiltered(state) ? (
        <Button
          variant="ghost"
          className="text-sm"
          onClick={() => onChange({ search: null, type: null, from: null, to: null, key: null, resource: null })}
        >
          {t("clear")}
        </Button>
      ) : null}
    </>
  );
}
