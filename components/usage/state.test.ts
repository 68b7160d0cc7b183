import { createSerializer } from "nuqs/server";
import { describe, expect, it } from "vitest";
import { questionOf } from "./question";
import {
  choose,
  type ExplorerState,
  explorerNames,
  explorerParsers,
  groupedByWhatDiffers,
  loadExplorer,
  narrowed,
  returned,
  secondGroup,
} from "./state";

const write = createSerializer(explorerParsers, { urlKeys: explorerNames });
const read = (search: string) => loadExplorer(new URLSearchParams(search));
const usual = read("");
const now = new Date("2026-11-21T10:20:00Z");

describe("the address of the usage page", () => {
  it("is short where nothing was chosen", () => {
    expect(usual).toMatchObject({ range: "30d", group: "model", measure: "cost", compare: true, path: [] });
    expect(write(usual)).toBe("");
  });

  it("means a group by endpoint where all prices name the same model", () => {
    expect(groupedByWhatDiffers(usual, ["standard"])).toMatchObject({ group: "endpoint" });
    expect(groupedByWhatDiffers(usual, ["a", "b"])).toBe(usual);
    expect(groupedByWhatDiffers(read("g=key"), ["standard"])).toMatchObject({ group: "key" });
  });

  it("holds everything that is shown, there and back", () => {
    const state: ExplorerState = {
      range: { from: "2026-11-20T14:00Z", to: "2026-11-20T15:00Z" },
      path: [
        { range: "90d", interval: "week" },
        { range: { from: "2026-11-16", to: "2026-11-22" }, interval: null },
      ],
      interval: "hour",
      group: "tag:project",
      also: "model",
      measure: "input_token",
      compare: false,
      endpoint: "chat",
      model: "gpt 4/o & co",
      key: "key_1",
      member: "u",
      tag: "project:a:b",
      refunded: true,
      view: "table",
      call: "evt_1",
    };
    expect(read(write(state))).toEqual(state);
  });

  it("has a default for what does not exist", () => {
    for (const search of [
      "r=31d",
      "r=2026-11-09..2026-11-01",
      "r=2026-02-30..2026-03-01",
      "r=2026-11-09",
      "r=a..b..c",
      "i=minute",
      "g=sum(cost)",
      "r=2026-11-20T25:00Z..2026-11-21T15:00Z",
    ]) {
      expect(read(search), search).toEqual(usual);
    }
    expect(read("p=30d,rubbish,7d~decade").path).toEqual([{ range: "30d", interval: null }]);
  });
});

describe("a choice on the usage page", () => {
  it("drops the other tag, because the sums know one tag at a time", () => {
    const filtered = { ...usual, model: "gpt-4o", endpoint: "chat" };
    expect(choose(filtered, { group: "tag:project" })).toEqual({ group: "tag:project" });
    expect(choose(filtered, { tag: "project:atlas" })).toEqual({ tag: "project:atlas" });
    const tagged = { ...usual, group: "tag:project", tag: "project:atlas" };
    expect(choose(tagged, { model: "gpt-4o" })).toEqual({ model: "gpt-4o" });
    expect(choose(tagged, { group: "tag:agent" })).toEqual({ group: "tag:agent", tag: null });
    expect(choose(tagged, { tag: "agent:a" })).toEqual({ tag: "agent:a", group: "tag:agent" });
    expect(choose(tagged, { group: "tag:project" })).toEqual({ group: "tag:project" });
    expect(choose(tagged, { tag: null })).toEqual({ tag: null });
  });

  it("has a second group where the sums know both together", () => {
    const second = (group: string, also: string | null, tag: string | null = null) => secondGroup({ group, also, tag });
    expect(second("tag:agent", "model")).toBe("model");
    expect(second("model", "tag:agent", "agent:a")).toBe("tag:agent");
    expect(second("model", "model")).toBeNull();
    expect(second("tag:agent", "tag:workspace")).toBeNull();
    expect(second("model", "tag:agent", "workspace:a")).toBeNull();
    expect(second("model", null)).toBeNull();
    const { both } = questionOf(read("r=7d&g=tag:agent&a=model"), now, "UTC");
    expect(both).toMatchObject({ groupBy: "tag:agent,model", from: "2026-11-15", quantities: "false" });
  });
});

describe("narrowing", () => {
  it("remembers the way back, with the interval", () => {
    const wide = { ...usual, range: "90d" as const, interval: "week" as const };
    const to = { from: "2026-11-16", to: "2026-11-22" };
    const deep = { ...wide, ...narrowed(wide, to) } as ExplorerState;
    expect(deep.range).toEqual(to);
    expect(deep.interval).toBeNull();
    expect(returned(deep, 0)).toEqual({ range: "90d", interval: "week", path: null });
  });
});

describe("the question of the usage page", () => {
  it("is the same on the server and in the browser", () => {
    const state = read("r=7d&g=endpoint&m=gpt-4o");
    const { usage, before, log, csv } = questionOf(state, now, "Asia/Kathmandu");
    expect(usage).toMatchObject({ from: "2026-11-15", to: "2026-11-22", interval: "day", groupBy: "endpoint" });
    expect(usage).toMatchObject({ model: "gpt-4o", timezone: "Asia/Kathmandu" });
    expect(before).toMatchObject({ from: "2026-11-08", to: "2026-11-14T10:30:00.000Z", model: "gpt-4o" });
    expect(log).toMatchObject({ from: "2026-11-15", to: "2026-11-22", model: "gpt-4o", successfulOnly: "true" });
    expect(csv).toMatchObject({ ...log, totals: "true" });
  });
});
