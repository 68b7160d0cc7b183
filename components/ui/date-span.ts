/** Two local dates, `2026-11-21`; both days belong to the range. */
export type DateSpan = { from: string; to: string };
