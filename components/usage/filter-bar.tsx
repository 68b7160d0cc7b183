"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { usageGroups } from "@/components/context/choices";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type NamedId, useUsageNames } from "./names";
import { FILTERS, type FilterName, secondGroup } from "./state";
import type { Explorer } from "./use-explorer";

type Props = { explorer: Explorer };
const asNamed = (names: readonly string[]): NamedId[] => names.map((name) => ({ id: name, name }));

function Shown({ explorer }: Props) {
  const t = useTranslations("usage");
  const c = useTranslations("charts");
  const facts = useFacts();
  const groups = usageGroups(facts);
  const { tags } = useUsageNames();
  const { state, set } = explorer;
  const tagGroup = (name: string) => ({ name: `tag:${name}`, label: t("tagGroup", { name }) });
  return (
    <div className="grid min-w-0 grid-cols-[auto_1fr_auto_1fr] items-center gap-2 text-muted text-sm max-sm:w-full sm:flex">
      <span aria-hidden="true">{t("show")}</span>
      <Select
        aria-label={t("measure")}
        value={state.measure}
        onChange={(event) => set({ measure: event.target.value })}
        className="text-text"
      >
        <option value="cost">{c("cost")}</option>
        <option value="requests">{c("requests")}</option>
        {Object.entries(facts.meters)
          // A meter that counts requests has the number of calls, which is there already.
          .filter(([, { label }]) => label.toLowerCase() !== c("requests").toLowerCase())
          .map(([name, { label }]) => (
            <option key={name} value={name}>
              {label.charAt(0).toUpperCase() + label.slice(1)}
            </option>
          ))}
      </Select>
      <span aria-hidden="true">{t("by")}</span>
      <Select
        aria-label={t("group")}
        value={state.group}
        onChange={(event) => set({ group: event.target.value })}
        className="text-text"
      >
        {groups.map((name) => (
          <option key={name} value={name}>
            {t(`groups.${name}`)}
          </option>
        ))}
        {tags.map((name) => (
          <option key={name} value={`tag:${name}`}>
            {t("tagGroup", { name })}
          </option>
        ))}
      </Select>
      <span aria-hidden="true">{t("and")}</span>
      <Select
        aria-label={t("also")}
        value={secondGroup(state) ?? ""}
        onChange={(event) => set({ also: event.target.value || null })}
        className="text-text"
      >
        <option value="">{t("nothingElse")}</option>
        {[...groups.map((name) => ({ name, label: t(`groups.${name}`) })), ...tags.map(tagGroup)]
          .filter(({ name }) => secondGroup({ ...state, also: name }) !== null)
          .map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
      </Select>
    </div>
  );
}

function Choice({ explorer, name, of }: Props & { name: Exclude<FilterName, "tag">; of: readonly NamedId[] }) {
  const t = useTranslations("usage");
  const value = explorer.state[name];
  if (of.length < 2 && value === null) return null;
  return (
    <Select
      aria-label={t(`filterBy.${name}`)}
      value={value ?? ""}
      onChange={(event) => explorer.filter(name, event.target.value || null)}
    >
      <option value="">{t(`all.${name}`)}</option>
      {value && !of.some(({ id }) => id === value) ? <option value={value}>{value}</option> : null}
      {of.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Select>
  );
}

/** The measure, the group, and the filters. */
export function FilterBar({ explorer }: Props) {
  const t = useTranslations("usage");
  const { endpoints, models } = useFacts();
  const { keys, members } = useUsageNames();
  const { state, set, filter } = explorer;
  const filtered = FILTERS.some((name) => state[name] !== null);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Shown explorer={explorer} />
      <fieldset className="min-w-0 items-center gap-2 max-sm:grid max-sm:w-full max-sm:grid-cols-2 sm:ml-auto sm:flex sm:flex-wrap">
        <legend className="sr-only">{t("filters")}</legend>
        <Choice explorer={explorer} name="endpoint" of={asNamed(endpoints)} />
        <Choice explorer={explorer} name="model" of={asNamed(models)} />
        <Choice explorer={explorer} name="key" of={keys} />
        <Choice explorer={explorer} name="member" of={members} />
        {state.tag ? (
          <Button onClick={() => filter("tag", null)} aria-label={t("remove", { name: state.tag })}>
            {state.tag}
            <X aria-hidden="true" className="size-4" />
          </Button>
        ) : null}
        {filtered ? (
          <Button
            variant="ghost"
            onClick={() => set({ endpoint: null, model: null, key: null, member: null, tag: null })}
          >
            {t("clear")}
          </Button>
        ) : null}
      </fieldset>
    </div>
  );
}
