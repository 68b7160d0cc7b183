/** The name of a text under "overview.spend", and the percent in it. */
export type Change = { key: "none" | "new" | "gone" | "same" | "more" | "less" | "much"; percent: number };

const TEN_TIMES = 900n;

/** How a sum compares with the one before, in whole percent rounded to the nearest. */
export function changeOf(now: bigint, before: bigint): Change {
  if (before <= 0n) return { key: now > 0n ? "new" : "none", percent: 0 };
  if (now <= 0n) return { key: "gone", percent: 100 };
  const more = now >= before;
  const difference = more ? now - before : before - now;
  const percent = (difference * 200n + before) / (before * 2n);
  if (percent === 0n) return { key: "same", percent: 0 };
  if (more && percent > TEN_TIMES) return { key: "much", percent: 0 };
  // Something is left, so it is never a hundred percent less.
  return { key: more ? "more" : "less", percent: more ? Number(percent) : Math.min(99, Number(percent)) };
}
