const HOURS_A_DAY = 24;
const FEW_DAYS = 2;
const YEAR_DAYS = 365;

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** How long a number of days is, in words, never longer than it is. */
export function lasting(days: number): string {
  if (days <= 0) return "nothing left";
  if (days >= YEAR_DAYS) return "more than a year";
  if (days >= FEW_DAYS) return `about ${plural(Math.floor(days), "day")}`;
  const hours = Math.floor(days * HOURS_A_DAY);
  return hours < 1 ? "less than an hour" : `about ${plural(hours, "hour")}`;
}
