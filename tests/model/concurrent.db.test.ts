/** Many calls of every kind at once, through two processes: whatever the order was, nothing is made and nothing is lost. */
import { beforeAll, describe, expect, it } from "vitest";
import { expireHolds } from "@/lib/gate";
import { Coalescer } from "@/lib/gate/coalescer";
import type { Operation, Outcome } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { grant, setPayg } from "@/lib/ledger";
import { many, operation } from "../fixtures/call";
import { creditCatalogue, installation } from "../fixtures/catalogue";
import { brokenInvariants, ownerRows, stateOf } from "../fixtures/ledger";
import { keyOf, type Organization, organization } from "../fixtures/organization";

const ROUNDS = 6;
const CALLS = 300;
let processes: [Coalescer, Coalescer];

const ctx = await installation(creditCatalogue({ settlement: "actual", payg: "toggle" }));
beforeAll(async () => {
  processes = [new Coalescer(ctx.db, 2, 60), new Coalescer(ctx.db, 1, 17)];
});

const below = (most: number) => Math.floor(Math.random() * most);
const submit = (call: Operation) => (processes[below(2)] as Coalescer).submit(call);
const priceOf = () => BigInt(below(30));

const keyOfHold = new Map<string, string | null>();
type Actor = { who: Organization; keys: string[]; open: Outcome[]; version: number };

async function actor(plan: boolean): Promise<Actor> {
  const who = await organization(ctx, { credit: 2_000n, ...(plan && { plan: "monthly" }) });
  const limits = { day: 900n, total: 1_500n };
  const keys = [(await keyOf(who, { limits })).keyId, (await keyOf(who)).keyId];
  return { who, keys, open: [], version: plan ? 1 : 0 };
}

/** One call of any kind; a hold that is drawn twice at once is ended by whichever call comes first. */
async function act({ who, keys, open, version }: Actor): Promise<void> {
  const { organizationId } = who;
  const keyId = [null, ...keys][below(3)] ?? null;
  const drawn = open[below(open.length + 4)];
  if (!drawn || below(3) === 0) {
    const kind = below(3) === 0 ? "charge" : "hold";
    const outcome = await submit(operation(organizationId, { kind, keyId, price: priceOf(), version }));
    if (outcome.code === "ok" && kind === "hold") {
      keyOfHold.set(outcome.id, keyId);
      open.push(outcome);
    }
    return;
  }
  const own = { id: drawn.id, keyId: keyOfHold.get(drawn.id) ?? null };
  const price = priceOf();
  await submit(
    operation(organizationId, { ...own, kind: below(3) === 0 ? "release" : "settle", price, actual: below(2) === 0 }),
  );
}

async function refundSome({ who }: Actor): Promise<void> {
  const events = await ownerRows<{ id: string }>(
    "SELECT id FROM ledger.usage_event WHERE organization_id = $1 AND cost > 1 ORDER BY random() LIMIT 5",
    [who.organizationId],
  );
  const refunds = events.map(({ id }) =>
    ctx.db.gate.query("SELECT ledger.refund($1, $2, 1, 'failed', $3, $4, '{agent}', NULL)", [
      ...[who.organizationId, id, newId(), newId()],
    ]),
  );
  // What was given back already, or waits for a lock too long, is refused: that is an answer too.
  await Promise.allSettled(refunds);
}

async function disturb(one: Actor): Promise<void> {
  const { who, open, version } = one;
  const due = open.slice(0, 3).map(({ id }) => id);
  await ownerRows("UPDATE hold SET expires_at = now() - interval '1 second' WHERE id = ANY ($1) AND state = 'open'", [
    due,
  ]);
  await Promise.all([
    expireHolds(ctx),
    grant(who.ctx, { amount: 50n, reason: "more", idempotencyKey: newId() }),
    version ? setPayg(who.ctx, { enabled: below(4) > 0, limit: BigInt(below(3_000)) }) : undefined,
    refundSome(one),
  ]);
}

describe("calls of every kind at once", () => {
  it("conserve the credit, and leave a ledger in which every rule holds", async () => {
    const actors = await Promise.all([actor(false), actor(true), actor(true)]);
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(actors.flatMap((one) => [...many(CALLS, () => act(one)), disturb(one)]));
    }
    for (const { who } of actors) {
      const { entries, remaining, held, debt } = await stateOf(who);
      expect(entries).toBe(0);
      expect(held).toBeLessThanOrEqual(remaining);
      expect(debt === 0 || remaining === held).toBe(true);
    }
    const broken = await brokenInvariants(ctx);
    expect(broken.map(({ name, rows }) => ({ name, rows: rows.slice(0, 2) }))).toEqual([]);
  }, 60_000);
});
