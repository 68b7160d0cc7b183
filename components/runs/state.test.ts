import { describe, expect, it } from "vitest";
import { loadRuns, questionOf } from "./state";

const read = (search: string) => loadRuns(new URLSearchParams(search));

describe("the question of the page of runs", () => {
  it("has the days of the organization's zone, the last one included", () => {
    const { runs, costs } = questionOf(read("search=film&from=2026-11-20&to=2026-11-21"), "Asia/Kathmandu");
    expect(costs).toEqual({ from: "2026-11-19T18:15:00.000Z", to: "2026-11-21T18:15:00.000Z" });
    expect(runs).toEqual({ ...costs, search: "film", limit: "50" });
  });

  it("has no range where no day was chosen, and none for a day that does not exist", () => {
    expect(questionOf(read(""), "UTC").costs).toEqual({});
    expect(questionOf(read("from=2026-02-30x&search=%20"), "UTC").runs).toEqual({ limit: "50" });
  });
});
