import { describe, expect, it } from "vitest";
import { TollgateError } from "@/lib/kernel/errors";
import { Lane, LEAST_AHEAD, MOST_WAITING, MOST_WAITING_PER_ORGANIZATION, type Waiting } from "./lane";
import type { Operation, Outcome } from "./operation";

type Call = { organization?: string; key?: string; kind?: "hold" | "charge" | "settle" | "release"; id?: string };

/** A lane whose batches stand still until they are let go; every call's fate is kept. */
function standing(mostInBatch: number) {
  const batches: { calls: Waiting[]; done: (again?: Waiting[]) => void }[] = [];
  const refused: unknown[] = [];
  let number = 0;
  const lane = new Lane(
    (calls) => new Promise((resolve) => batches.push({ calls, done: (again = []) => resolve(again) })),
    mostInBatch,
  );
  const add = ({ organization = "o", key, kind = "hold", id }: Call = {}) => {
    number += 1;
    const operation = {
      organizationId: organization,
      idempotencyKey: key ?? `k${number}`,
      kind,
      id: id ?? `i${number}`,
    };
    lane.add({
      operation: operation as Operation,
      since: 0,
      resolve: (_: Outcome) => undefined,
      reject: (error) => refused.push(error),
    });
  };
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const names = (at: number, of: keyof Operation) => batches[at]?.calls.map(({ operation }) => operation[of]);
  return { lane, batches, refused, add, turn, names };
}

describe("a lane", () => {
  it("brings calls of one turn together, and later ones in the next batch", async () => {
    const { batches, add, turn, names } = standing(10);
    add({ key: "a" });
    add({ key: "b" });
    await turn();
    add({ key: "c" });
    add({ key: "d" });
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]?.done();
    await turn();
    expect([names(0, "idempotencyKey"), names(1, "idempotencyKey")]).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("sends the next batch before the response of the one in flight, one batch and no more", async () => {
    const { batches, add, turn, lane } = standing(1_000);
    for (let i = 0; i < 2 * LEAST_AHEAD; i += 1) add();
    await turn();
    for (let i = 0; i < 2 * LEAST_AHEAD - 1; i += 1) add();
    expect(batches).toHaveLength(1);
    add();
    expect(batches.map(({ calls }) => calls.length)).toEqual([2 * LEAST_AHEAD, 2 * LEAST_AHEAD]);
    for (let i = 0; i < 5 * LEAST_AHEAD; i += 1) add();
    await turn();
    expect([batches.length, lane.waiting]).toEqual([2, 5 * LEAST_AHEAD]);
    batches[0]?.done();
    await turn();
    expect([batches.length, lane.waiting]).toEqual([3, 0]);
  });

  it("fills a batch with one call of each organization in turn, so that a busy one does not push others out", async () => {
    const { batches, add, turn, names } = standing(4);
    for (let i = 0; i < 100; i += 1) add({ organization: "busy" });
    add({ organization: "quiet" });
    add({ organization: "calm" });
    await turn();
    expect(names(0, "organizationId")).toEqual(["busy", "quiet", "calm", "busy"]);
    batches[0]?.done();
    await turn();
    expect(names(1, "organizationId")).toEqual(["busy", "busy", "busy", "busy"]);
  });

  it("keeps the order of arrival within an organization, and of calls that wait for the next batch", async () => {
    const { batches, add, turn, names } = standing(3);
    for (const key of ["a", "b", "c", "d"]) add({ key });
    await turn();
    batches[0]?.done(batches[0].calls.slice(1));
    await turn();
    expect(names(1, "idempotencyKey")).toEqual(["b", "c", "d"]);
  });

  it("lets calls with one key, and ends of one hold, wait for each other", async () => {
    const { batches, add, turn, names, lane } = standing(10);
    add({ key: "same", id: "1" });
    add({ key: "same", id: "2" });
    add({ organization: "other", key: "same", id: "3" });
    add({ kind: "settle", id: "hold", key: "settle" });
    add({ kind: "release", id: "hold", key: "release" });
    await turn();
    expect(names(0, "id")).toEqual(["1", "3", "hold"]);
    batches[0]?.done();
    await turn();
    expect(names(1, "id")).toEqual(["2", "hold"]);
    batches[1]?.done();
    await lane.idle();
    expect(lane.waiting).toBe(0);
  });

  it("refuses at once the calls of an organization with too many, and continues with the others", async () => {
    const { batches, refused, add, turn } = standing(10);
    for (let i = 0; i < MOST_WAITING_PER_ORGANIZATION; i += 1) add({ organization: "flood" });
    expect(refused).toHaveLength(0);
    add({ organization: "flood" });
    add({ organization: "other" });
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(TollgateError);
    expect(refused[0]).toMatchObject({ code: "overloaded", status: 503, details: { retryAfter: 1 } });
    await turn();
    batches[0]?.done();
    await turn();
    // Room is made by what was decided.
    add({ organization: "flood" });
    expect(refused).toHaveLength(1);
  });

  it("refuses at once when it is full, calls that wait for their twin included", () => {
    const { refused, add } = standing(10);
    for (let i = 0; i < MOST_WAITING; i += 1) add({ organization: `o${i % 10}`, key: `k${i % 20}` });
    expect(refused).toHaveLength(0);
    add({ organization: "another" });
    expect(refused).toHaveLength(1);
  });
});
