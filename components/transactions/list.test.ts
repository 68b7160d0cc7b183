import { describe, expect, it } from "vitest";
import { dayStart } from "@/lib/kernel/local-time";
import type { TransactionAnswer, TransactionList } from "@/lib/ledger/schema";
import { arrivals, type Feed, withArrivals } from "./feed";
import { isFiltered, loadTransactions, questionOf } from "./state";
import { whatOf } from "./what";

const row = (id: string) => ({ id }) as TransactionAnswer;
const page = (ids: string, nextCursor: string | null = null): TransactionList => ({
  data: [...ids].map(row),
  nextCursor,
});
const ids = (feed: Feed) => feed.pages.map(({ data }) => data.map(({ id }) => id).join("")).join(" ");

describe("the new rows above a list", () => {
  const feed: Feed = { pages: [page("dc", "c"), page("ba")], pageParams: [undefined, "c"] };

  it("are those above the first row that is shown", () => {
    expect(arrivals(page("fed", "d"), feed)).toEqual({ rows: [row("f"), row("e")], gap: false });
    expect(ids(withArrivals(page("fed", "d"), feed))).toBe("fedc ba");
    expect(withArrivals(page("dc", "c"), feed)).toBe(feed);
  });

  it("start the list again when more has arrived than the head holds", () => {
    expect(arrivals(page("hg", "g"), feed).gap).toBe(true);
    expect(withArrivals(page("hg", "g"), feed)).toEqual({ pages: [page("hg", "g")], pageParams: [undefined] });
  });

  it("fill an empty list", () => {
    expect(ids(withArrivals(page("a"), { pages: [page("")], pageParams: [undefined] }))).toBe("a");
  });
});

describe("the address of the transactions page", () => {
  it("becomes the question, the last day included, in the organization's zone", () => {
    const state = loadTransactions("?search=%20txn_1%20&type=refund,grant&from=2026-03-01&to=2026-03-29&key=key_1");
    expect(questionOf(state, "Europe/Berlin")).toEqual({
      search: "txn_1",
      type: "refund,grant",
      from: "2026-02-28T23:00:00.000Z",
      // The clock was put forward on the 29th.
      to: "2026-03-29T22:00:00.000Z",
      key: "key_1",
    });
    expect(isFiltered(state)).toBe(true);
  });

  it("loses what cannot be read", () => {
    const state = loadTransactions("?type=gift&from=soon&to=2026-13-01&open=txn_1");
    expect(questionOf(state, "UTC")).toEqual({});
    expect(isFiltered(state)).toBe(false);
    expect(state.open).toBe("txn_1");
  });

  it("knows when a day begins on both sides of a change of clocks", () => {
    expect(dayStart("2026-03-29", "Europe/Berlin").toISOString()).toBe("2026-03-28T23:00:00.000Z");
    expect(dayStart("2026-10-25", "Europe/Berlin").toISOString()).toBe("2026-10-24T22:00:00.000Z");
    expect(dayStart("2026-10-26", "Europe/Berlin").toISOString()).toBe("2026-10-25T23:00:00.000Z");
    expect(dayStart("2026-11-21", "Pacific/Auckland").toISOString()).toBe("2026-11-20T11:00:00.000Z");
    expect(dayStart("2026-11-21", "America/Los_Angeles").toISOString()).toBe("2026-11-21T08:00:00.000Z");
  });
});

describe("the subject of a transaction", () => {
  const bare = { ...row("a"), usage: null, description: null, resource: null };

  it("is the call, else its description, else its resource", () => {
    const usage = { endpoint: "chat", model: "gpt-4o", tags: null };
    expect(whatOf({ ...bare, usage, description: "Empty answer" }, { models: [] })).toBe("chat · gpt-4o");
    expect(whatOf({ ...bare, description: "First top-up" }, { models: [] })).toBe("First top-up");
    expect(whatOf({ ...bare, resource: { type: "project", id: "atlas" } }, { models: [] })).toBe("project atlas");
    expect(whatOf({ ...bare, resource: { type: null, id: "atlas" } }, { models: [] })).toBe("atlas");
    expect(whatOf(bare, { models: [] })).toBeNull();
  });
});
