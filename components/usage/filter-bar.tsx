"use client";
import { Download } from "lucide-react";
import { useFacts } from "@/components/facts";
import { search } from "@/components/queries";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Segments } from "@/components/ui/segments";
import { Select } from "@/components/ui/select";
import { PRESETS } from "./range";
import type { Filters } from "./use-filters";

const DATE_INPUT = "h-9 min-w-0 rounded-control border border-line bg-card px-2 text-sm";

function DateInput({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-muted text-sm">
      {label}
      <input
        type="date"
        value={value}
        required
        onChange={(event) => event.target.value && onChange(event.target.value)}
        className={cn(DATE_INPUT, "text-text")}
      />
    </label>
  );
}

type ChoiceProps = { label: string; all: string; value: string | null; names: readonly string[] };

function Choice({ label, all, value, names, onChange }: ChoiceProps & { onChange: (name: string | null) => void }) {
  return (
    <Select aria-label={label} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{all}</option>
      {value && !names.includes(value) ? <option value={value}>{value}</option> : null}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  );
}

/** Which calls the whole page, and the file, is about. */
export function FilterBar({ filters }: { filters: Filters }) {
  const { endpoints, models } = useFacts();
  const { values, set, days, custom } = filters;
  const csv = search({
    ...filters.filters,
    successfulOnly: values.refunded ? undefined : "true",
    totals: "true",
  });
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Segments
        label="Date range"
        value={custom ? "custom" : values.range}
        options={custom ? [...PRESETS, { value: "custom", label: "Custom" } as const] : PRESETS}
        onChange={(range) => range !== "custom" && set({ range, from: null, to: null })}
      />
      <DateInput
        label="From"
        value={days.from}
        onChange={(from) => set({ from, to: from > days.to ? from : days.to })}
      />
      <DateInput label="To" value={days.to} onChange={(to) => set({ to, from: to < days.from ? to : days.from })} />
      <Choice
        label="Endpoint"
        all="All endpoints"
        value={values.endpoint}
        names={endpoints}
        onChange={(endpoint) => set({ endpoint })}
      />
      <Choice label="Model" all="All models" value={values.model} names={models} onChange={(model) => set({ model })} />
      <a
        href={`/usage/events.csv?${csv}`}
        download
        className={cn(buttonVariants({ variant: "primary" }), "sm:ml-auto")}
      >
        <Download aria-hidden="true" className="size-4" />
        Download CSV
      </a>
    </div>
  );
}
