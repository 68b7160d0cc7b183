/** The periods of a catalogue in words: "Peak hours: Mon–Fri 08:30–18:00. Off-peak: at all other times." */
import type { useTranslations } from "next-intl";
import type { PriceList } from "@/lib/catalogue/schema";
import { printList, shortWeekdayName } from "@/lib/kernel/locale";

type Periods = NonNullable<PriceList["periods"]>;
type Hours = Periods["list"][number]["hours"][number];
type PricesTranslator = ReturnType<typeof useTranslations<"prices">>;

const HOUR_MINUTES = 60;
const WEEK = [1, 2, 3, 4, 5, 6, 0];

function clock(minute: number): string {
  const parts = [Math.floor(minute / HOUR_MINUTES), minute % HOUR_MINUTES];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** "Mon–Fri", "Mon and Wed"; days that follow one another are one span, from Monday on. */
function dayWords(days: readonly number[], t: PricesTranslator): string {
  if (days.length === WEEK.length) return t("everyDay");
  const spans: number[][] = [];
  for (const [place, day] of WEEK.entries()) {
    if (!days.includes(day)) continue;
    const last = spans.at(-1);
    if (last && place > 0 && last.at(-1) === WEEK[place - 1]) last.push(day);
    else spans.push([day]);
  }
  const named = spans.map((span) => {
    const [first = 0, last = first] = [span[0], span.at(-1)];
    if (span.length === 1) return shortWeekdayName(first);
    return `${shortWeekdayName(first)}–${shortWeekdayName(last)}`;
  });
  return printList(named);
}

const hoursWords = ({ days, from, to }: Hours, t: PricesTranslator) =>
  `${dayWords(days, t)} ${clock(from)}–${clock(to)}`;

/** One sentence for each period, in the catalogue's order. */
export function periodWords({ list }: Periods, t: PricesTranslator): string[] {
  return list.map(({ label, hours }) => {
    const said = hours.length === 0 ? t("otherTimes") : printList(hours.map((one) => hoursWords(one, t)));
    return t("period", { label, hours: said });
  });
}
