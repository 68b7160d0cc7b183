import type { TransactionList } from "@/lib/ledger/schema";

/** The pages that are shown, as TanStack Query keeps them. */
export type Feed = { pages: TransactionList[]; pageParams: (string | undefined)[] };

/** Rows at the top of the list that are not shown yet; `gap` when there may be more of them than the head has. */
export function arrivals(
  head: TransactionList,
  feed: Pick<Feed, "pages">,
): { rows: TransactionList["data"]; gap: boolean } {
  const top = feed.pages[0]?.data[0];
  if (!top) return { rows: head.data, gap: false };
  const known = head.data.findIndex((row) => row.id === top.id);
  return known < 0 ? { rows: head.data, gap: head.data.length > 0 } : { rows: head.data.slice(0, known), gap: false };
}

/**
 * The feed with new items on top. After a gap it starts from the first page, because the pages would no longer be
 * adjacent.
 */
export function withArrivals(head: TransactionList, feed: Feed): Feed {
  const { rows, gap } = arrivals(head, feed);
  const [first, ...rest] = feed.pages;
  if (gap || !first) return { pages: [head], pageParams: [undefined] };
  if (rows.length === 0) return feed;
  return { ...feed, pages: [{ ...first, data: [...rows, ...first.data] }, ...rest] };
}
