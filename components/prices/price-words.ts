/** A price in words, by the catalogue's own labels: "$0.15/request", "+$0.003/page for image/PDF attachments". */
import type { useTranslations } from "next-intl";
import type { ListedPrice, PriceList } from "@/lib/catalogue/schema";
import { printList } from "@/lib/kernel/locale";
import { printCount, printDecimal, type UnitFacts } from "@/lib/kernel/print-amount";

type Line = ListedPrice["lines"][number];
export type Meters = Record<
  string,
  { label: string; singular: string; larger?: { label: string; count: number } | null }
>;
type PricesTranslator = ReturnType<typeof useTranslations<"prices">>;
/** What every line is written with. */
export type Wording = { t: PricesTranslator; unit: UnitFacts; meters: Meters; periods: PriceList["periods"] };

const SHORT: Record<string, string> = { "1000": "1K", "1000000": "1M" };

function meterWords(meter: string, meters: Meters) {
  return meters[meter] ?? { label: meter, singular: meter };
}

/** "33 requests", "1 image", "40 MB": a count of a meter, large ones in the meter's larger unit. */
export function countWords(count: number | string, meter: string, meters: Meters): string {
  const { label, singular, larger = null } = meterWords(meter, meters);
  const whole = BigInt(count);
  if (larger && whole > 0n && whole % BigInt(larger.count) === 0n) {
    return `${printCount((whole / BigInt(larger.count)).toString())} ${larger.label}`;
  }
  return `${printCount(count)} ${whole === 1n ? singular : label}`;
}

const signed = (line: Line, text: string) => `${line.extra ? "+" : ""}${text}`;

/** "$2.50/1M input tokens", "+$0.01": exact, because calls are multiplied with it. */
export function rateWords(line: Line, { t, unit, meters }: Wording): string {
  const { meter, per, extra } = line;
  const amount = signed(line, printDecimal(line.unitAmount, unit).exact);
  const { label, singular } = meterWords(meter, meters);
  // A call is one request: what is added to it says so by itself.
  if (extra && meter === "request") return amount;
  if (String(per) === "1") return t("perOne", { amount, meter: singular });
  return t("perMany", { amount, count: SHORT[String(per)] ?? printCount(per), meter: label });
}

/** The same rate for what a plan with a discount pays: "$2.00". */
export function discountedWords(line: Line, plan: string, { unit }: Wording): string | null {
  const amount = line.discounted?.[plan];
  return amount === undefined ? null : signed(line, printDecimal(amount, unit).exact);
}

/** The options of a line, which names them as `name=value`, several with commas. */
function optionsOf({ when }: Line, { options }: ListedPrice) {
  return (when ?? "").split(",").flatMap((one) => {
    const [name, value = ""] = one.split("=");
    const option = options.find((candidate) => candidate.name === name);
    return option ? [{ option, value }] : [];
  });
}

/** Which of several prices of a meter this is: "basic", "above 200,000", "Peak hours". Null where there is one. */
function variantWords(line: Line, price: ListedPrice, { t, periods }: Wording): string | null {
  const choices = optionsOf(line, price).filter(({ option }) => option.type === "choice");
  const { above, upTo } = line.whenTotal ?? {};
  const said = [
    ...choices.map(({ value }) => value),
    ...(above === undefined ? [] : [t("above", { count: printCount(above) })]),
    ...(upTo === undefined ? [] : [t("upTo", { count: printCount(upTo) })]),
    ...(line.whenPeriod === undefined
      ? []
      : [periods?.list.find(({ name }) => name === line.whenPeriod)?.label ?? line.whenPeriod]),
  ];
  return said.length > 0 ? said.join(", ") : null;
}

/** "when the result is upscaled": the catalogue's words, else its switches, else what the line is for. */
function phraseWords(line: Line, price: ListedPrice, { t }: Wording): string | null {
  if (line.phrase) return line.phrase;
  const switches = optionsOf(line, price).filter(({ option }) => option.type === "boolean");
  const said = switches.map(({ option, value }) =>
    t(value === "true" ? "switchedOn" : "switchedOff", { option: option.label }),
  );
  if (said.length > 0) return t("when", { list: printList(said) });
  const named = line.label !== undefined && line.when === undefined && line.whenTotal === undefined;
  return named && line.whenPeriod === undefined ? t("named", { label: line.label ?? "" }) : null;
}

/** One part of a price; its variants stand side by side. */
export type PriceRow = { variants: { title: string | null; line: Line }[]; phrase: string | null };

/** The parts of a price, those on top of others last; lines that differ only in their variant are one part. */
export function priceRows(price: ListedPrice, wording: Wording): PriceRow[] {
  const rows = new Map<string, PriceRow>();
  price.lines.forEach((line, place) => {
    const title = variantWords(line, price, wording);
    const phrase = phraseWords(line, price, wording);
    const key = title === null ? `${place}` : JSON.stringify([line.meter, line.per, line.extra, phrase]);
    const row = rows.get(key);
    if (row) row.variants.push({ title, line });
    else rows.set(key, { variants: [{ title, line }], phrase });
  });
  const isExtra = ({ variants }: PriceRow) => Number(variants.every(({ line }) => line.extra));
  return [...rows.values()].sort((one, other) => isExtra(one) - isExtra(other));
}

/** "up to 30 pages and 40 MB/request": what limits a call; that a call is one request says nothing. */
export function limitWords({ maxima }: ListedPrice, { t, meters }: Wording): string | null {
  const said = Object.entries(maxima).filter(
    ([meter, most]) => meter !== "request" && Number(most) < Number.MAX_SAFE_INTEGER,
  );
  if (said.length === 0) return null;
  const list = printList(said.map(([meter, count]) => countWords(count, meter, meters)));
  const per = maxima.request === undefined ? t("call") : meterWords("request", meters).singular;
  return t("limits", { list, per });
}

/** Of what the steps of a price by the size of a call count; null without steps. */
export function stepWords({ lines }: ListedPrice, { t, meters }: Wording): string | null {
  const counted = [...new Set(lines.flatMap(({ whenTotal }) => whenTotal?.meters ?? []))];
  if (counted.length === 0) return null;
  return t("steps", { list: printList(counted.map((meter) => meterWords(meter, meters).label)) });
}

/** The prices that have every word of the search in endpoint, model, provider or name. */
export function matching(prices: readonly ListedPrice[], asked: PriceFilters): ListedPrice[] {
  const words = asked.search.toLowerCase().split(/\s+/).filter(Boolean);
  return prices.filter((price) => {
    const { endpoint, model, aliases, label, provider } = price;
    const text = [endpoint, model, ...aliases, label, provider ?? ""].join(" ").toLowerCase();
    const within = asked.in === null || endpoint === asked.in;
    return within && (asked.by === null || provider === asked.by) && words.every((word) => text.includes(word));
  });
}

/** What the reader looks for, as it stands in the address: words, an endpoint, a provider. */
export type PriceFilters = { search: string; in: string | null; by: string | null };
