"use client";
import { useTranslations } from "next-intl";
import { debounce, parseAsString, useQueryStates } from "nuqs";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

const TYPING_MS = 200;

/** Narrows the list. The address holds the filters, and the server applies them. */
export function PriceFilter({ endpoints }: { endpoints: readonly string[] }) {
  const t = useTranslations("developers.prices");
  const [{ search, endpoint }, set] = useQueryStates(
    { search: parseAsString.withDefault(""), endpoint: parseAsString },
    { shallow: false, limitUrlUpdates: debounce(TYPING_MS) },
  );
  return (
    <search className="flex flex-wrap gap-2">
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        onChange={(event) => void set({ search: event.target.value || null })}
        className="w-64 max-w-full"
      />
      {endpoints.length > 1 ? (
        <Select
          aria-label={t("endpoint")}
          value={endpoint ?? ""}
          onChange={(event) => void set({ endpoint: event.target.value || null })}
        >
          <option value="">{t("all")}</option>
          {endpoints.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      ) : null}
    </search>
  );
}
