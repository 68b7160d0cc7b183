"use client";
import { useTranslations } from "next-intl";
import { debounce, parseAsString, useQueryStates } from "nuqs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

const TYPING_MS = 200;

type ChoiceProps = {
  label: string;
  all: string;
  values: readonly string[];
  value: string | null;
  onChange: (value: string | null) => void;
};

/** One of several; with a single value there is nothing to choose. */
function Choice({ label, all, values, value, onChange }: ChoiceProps) {
  if (values.length < 2) return null;
  return (
    <Select aria-label={label} value={value ?? ""} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{all}</option>
      {values.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </Select>
  );
}

/** Narrows the list. The address holds the filters, and the server applies them. */
export function PriceFilter({ endpoints, providers }: { endpoints: readonly string[]; providers: readonly string[] }) {
  const t = useTranslations("prices");
  const [asked, set] = useQueryStates(
    { search: parseAsString.withDefault(""), in: parseAsString, by: parseAsString },
    { shallow: false, limitUrlUpdates: debounce(TYPING_MS) },
  );
  return (
    <search className="flex flex-wrap gap-2 print:hidden">
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={asked.search}
        onChange={(event) => void set({ search: event.target.value || null })}
        className="w-64 max-w-full"
      />
      <Choice
        label={t("provider")}
        all={t("allProviders")}
        values={providers}
        value={asked.by}
        onChange={(by) => void set({ by })}
      />
      <Choice
        label={t("endpoint")}
        all={t("allEndpoints")}
        values={endpoints}
        value={asked.in}
        onChange={(within) => void set({ in: within })}
      />
    </search>
  );
}
