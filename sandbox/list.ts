/** Stripe's lists: newest first, a page after or before a named object, and whether there is more. */
import { missing } from "./fault";

export type ListOf<Item> = { object: "list"; data: Item[]; has_more: boolean; url: string };
type Times = number | { gt?: number; gte?: number; lt?: number; lte?: number } | undefined;
export type Paging = { limit?: number; starting_after?: string; ending_before?: string; created?: Times };

const USUAL = 10;

export function listOf<Item>(data: Item[], url: string): ListOf<Item> {
  return { object: "list", data, has_more: false, url };
}

function within(created: number, times: Times): boolean {
  if (times === undefined) return true;
  if (typeof times === "number") return created === times;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = times;
  return created > gt && created >= gte && created < lt && created <= lte;
}

/** `items` are oldest first, as they were made. Errors: resource_missing for a cursor that is not among them. */
export function pageOf<Item extends { id: string }>(items: Item[], url: string, paging: Paging): ListOf<Item> {
  const { limit = USUAL, starting_after, ending_before, created } = paging;
  const newest = items.filter((item) => within("created" in item ? Number(item.created) : 0, created)).reverse();
  const place = (id: string, param: string) => {
    const at = newest.findIndex((item) => item.id === id);
    if (at < 0) throw missing("object", id, param);
    return at;
  };
  if (ending_before !== undefined) {
    const end = place(ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: newest.slice(start, end), has_more: start > 0, url };
  }
  const start = starting_after === undefined ? 0 : place(starting_after, "starting_after") + 1;
  const data = newest.slice(start, start + limit);
  return { object: "list", data, has_more: start + limit < newest.length, url };
}
