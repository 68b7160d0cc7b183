import type { KeyLimits } from "../schema";

/** Limits as a SQL function returns them: whole numbers as text. */
export type LimitTexts = Record<"total" | "day" | "week" | "month", string | null>;

/** In the order in which the functions take them. */
export const limitValues = ({ total, day, week, month }: KeyLimits) => [
  total ?? null,
  day ?? null,
  week ?? null,
  month ?? null,
];
