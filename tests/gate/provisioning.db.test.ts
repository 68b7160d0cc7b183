/** Where the first billable call opens the account: once, however many first calls arrive together. */
import { describe, expect, it } from "vitest";
import { resolveOrganization } from "@/lib/accounts";
import { charge, type GateContext, hold, quote } from "@/lib/gate";
import { many, outcomes, spend } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";

const ctx = await installation(creditCatalogue({ signup: '{ when: first_call, amount: "100" }' }));

const call = (name: string, credits: number, idempotencyKey: string) => ({
  ...spend({ id: name }, credits),
  idempotencyKey,
});
async function accountOf(name: string) {
  const [row] = await ownerRows<{ organizations: number; grants: string[] }>(
    `SELECT count(DISTINCT o.id)::integer AS organizations, coalesce(array_agg(g.amount::text) FILTER (WHERE g.id IS NOT NULL), '{}') AS grants
     FROM organization o LEFT JOIN "grant" g ON g.organization_id = o.id WHERE o.external_id = $1`,
    [name],
  );
  return row;
}
const ONCE = { organizations: 1, grants: ["100"] };

describe("the first calls of a new customer", () => {
  it("open one account with one allowance, and spend no more than that", async () => {
    const { answers, refused } = await outcomes(many(60, (i) => hold(ctx, call("fresh", 3, `k${i}`))));
    expect(await accountOf("fresh")).toEqual(ONCE);
    expect(answers).toHaveLength(33);
    expect(new Set(refused)).toEqual(new Set(["insufficient_credits"]));
  });

  it("open one account through several copies of the program", async () => {
    // Another copy knows nothing of what this one has cached: each is given a database of its own to remember by.
    const copies = many(4, (): GateContext => ({ ...ctx, db: { ...ctx.db } }));
    const { answers } = await outcomes(many(40, (i) => charge(copies[i % 4] ?? ctx, call("copies", 10, `k${i}`))));
    expect(await accountOf("copies")).toEqual(ONCE);
    expect(answers).toHaveLength(10);
  });

  it("open the account even when that very call is refused", async () => {
    await expect(charge(ctx, call("greedy", 101, "k"))).rejects.toMatchObject({ code: "insufficient_credits" });
    expect(await accountOf("greedy")).toEqual(ONCE);
    expect(await charge(ctx, call("greedy", 100, "l"))).toMatchObject({ available: "0" });
  });

  it("open nothing when they are quotes, free, priced nowhere, or name a malformed id", async () => {
    const unknown = { code: "not_found" };
    await expect(quote(ctx, spend({ id: "nobody" }, 1))).rejects.toMatchObject(unknown);
    expect(await charge(ctx, { ...call("nobody", 1, "k"), endpoint: "free" })).toMatchObject({ cost: "0" });
    const unpriced = charge(ctx, { ...call("nobody", 1, "k"), model: "other" });
    await expect(unpriced).rejects.toMatchObject({ code: "validation_failed", details: { field: "model" } });
    await expect(charge(ctx, call("org_AAAAAAAAAAAAAAAAAAAAAA", 1, "k"))).rejects.toMatchObject(unknown);
    expect(await resolveOrganization(ctx, "nobody")).toBeUndefined();
  });

  it("leave a sound ledger", async () => {
    const broken = await brokenInvariants(ctx);
    expect(broken.map(({ name, rows }) => ({ name, rows }))).toEqual([]);
  });
});
