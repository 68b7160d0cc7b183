import type { useTranslations } from "next-intl";
import { printList } from "@/components/format/locale";
import { printCount, printDecimal, type UnitFacts } from "@/components/format/print-amount";
import type { ListedPrice } from "./call-state";

export type Meters = Record<string, { label: string; singular: string }>;
type Line = ListedPrice["lines"][number];
export type DeveloperTranslator = ReturnType<typeof useTranslations<"developers">>;

const SHORT: Record<string, string> = { "1000": "1K", "1000000": "1M" };

/** "$2.50 per 1M input tokens", "4 credits per image": exact, because calls are multiplied with it. */
export function unitPrice({ unitAmount, per, meter }: Line, t: DeveloperTranslator, unit: UnitFacts, meters: Meters) {
  const amount = printDecimal(unitAmount, unit).exact;
  const words = meters[meter] ?? { label: meter, singular: meter };
  if (String(per) === "1") return t("prices.perOne", { amount, meter: words.singular });
  return t("prices.perMany", { amount, count: SHORT[String(per)] ?? printCount(per), meter: words.label });
}

/** "up to 200,000 input tokens and cached input tokens": the tier of a price by the length of the prompt. */
function tierLabels({ whenTotal }: Line, t: DeveloperTranslator, meters: Meters): string[] {
  if (!whenTotal) return [];
  const { above, upTo } = whenTotal;
  const counted = printList(whenTotal.meters.map((meter) => meters[meter]?.label ?? meter));
  const over = above === undefined ? [] : [t("prices.above", { count: printCount(above) })];
  const to = upTo === undefined ? [] : [t("prices.upTo", { count: printCount(upTo) })];
  return [`${printList([...over, ...to])} ${counted}`];
}

/**
 * When a line applies and what it is for: "Resolution 1080p", "Follow-up generation". A line names its options as
 * `name=value`, several with commas.
 */
export function conditionLabel(
  line: Line,
  { options }: ListedPrice,
  t: DeveloperTranslator,
  meters: Meters,
): string | null {
  const { when, whenPeriod, label } = line;
  const conditions = (when ?? "").split(",").flatMap((one) => {
    const [name, value] = one.split("=");
    const option = options.find((candidate) => candidate.name === name);
    if (!option) return [];
    if (option.type !== "boolean") return [`${option.label} ${value}`];
    return [value === "true" ? option.label : t("prices.without", { option: option.label })];
  });
  const period = whenPeriod === undefined ? [] : [whenPeriod];
  const all = [...conditions, ...tierLabels(line, t, meters), ...period];
  const said = [...(label ? [label] : []), ...all.filter((condition) => condition !== label)];
  return said.length > 0 ? said.join(", ") : null;
}

/** "at most 30 pages and 40,000,000 bytes": maxima that say something, which one request a call does not. */
export function maximaLabels(price: ListedPrice, t: DeveloperTranslator, meters: Meters): string | null {
  const said = Object.entries(price.maxima).filter(
    ([meter, most]) => meter !== "request" && Number(most) < Number.MAX_SAFE_INTEGER,
  );
  if (said.length === 0) return null;
  const most = said.map(([meter, count]) => `${printCount(count)} ${meters[meter]?.label ?? meter}`);
  return t("prices.atMost", { list: printList(most) });
}

/** Rows of the list that hold every word of the search, in endpoint, model or name. */
export function matching(prices: readonly ListedPrice[], search: string, endpoint: string | null): ListedPrice[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return prices.filter((price) => {
    const text = `${price.endpoint} ${price.model} ${price.aliases.join(" ")} ${price.label}`.toLowerCase();
    return (endpoint === null || price.endpoint === endpoint) && words.every((word) => text.includes(word));
  });
}
