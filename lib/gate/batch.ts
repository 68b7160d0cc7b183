import { parsePublicId } from "@/lib/kernel/ids";
import { charge } from "./charge";
import type { GateContext } from "./context";
import { extend } from "./extend";
import { hold } from "./hold";
import { resolvePayer } from "./payer";
import { quote } from "./quote";
import { refund } from "./refund";
import { release } from "./release";
import type { BatchBody, BatchItem, BatchOutcome } from "./schema";
import { settle } from "./settle";
import { readTerms } from "./terms";

function run(ctx: GateContext, item: BatchItem): Promise<BatchBody> {
  switch (item.operation) {
    case "quote": {
      const { operation: _, idempotencyKey: __, ...input } = item;
      return quote(ctx, input);
    }
    case "hold": {
      const { operation: _, ...input } = item;
      return hold(ctx, input);
    }
    case "settle": {
      const { operation: _, ...input } = item;
      return settle(ctx, input);
    }
    case "release": {
      const { operation: _, ...input } = item;
      return release(ctx, input);
    }
    case "extend": {
      const { operation: _, ...input } = item;
      return extend(ctx, input);
    }
    case "charge": {
      const { operation: _, ...input } = item;
      return charge(ctx, input);
    }
    case "refund": {
      const { operation: _, ...input } = item;
      return refund(ctx, input);
    }
  }
}

async function outcomeOf(ctx: GateContext, item: BatchItem): Promise<BatchOutcome> {
  try {
    const body = await run(ctx, item);
    return { status: item.operation === "hold" || item.operation === "charge" ? 201 : 200, body };
  } catch (error) {
    return { error };
  }
}

type ItemOwner = { organizationId?: string; name: string };

/** Whose item it is. Who cannot be found yet is kept apart by what the item names. */
async function ownerOf(ctx: GateContext, item: BatchItem, place: number): Promise<ItemOwner> {
  if ("id" in item) {
    const organizationId = parsePublicId(item.id, "hold", "chg", "evt")?.organizationId;
    return organizationId ? { organizationId, name: organizationId } : { name: `item ${place}` };
  }
  const named = item.key ?? item.organization;
  if (named === undefined) return { name: `item ${place}` };
  return resolvePayer(ctx, item).then(
    ({ organizationId }) => ({ organizationId, name: organizationId }),
    () => ({ name: `name ${named}` }), // The verb finds out by itself why, or opens the account.
  );
}

/** What must not meet in one batch of the lane: see `conflictKey`. */
const conflictOf = (item: BatchItem) =>
  "id" in item ? item.id : `${item.operation} ${(item as { idempotencyKey?: string }).idempotencyKey}`;
/** These go to the database by themselves, and not through the lane. */
const ALONE = new Set<BatchItem["operation"]>(["quote", "extend", "refund"]);

/** Takes the items of one organization in their order; what goes through the lane is decided together there. */
class Line {
  private entered: Promise<unknown> = Promise.resolve();
  private answered: Promise<unknown> = Promise.resolve();
  private readonly conflicts = new Set<string>();

  constructor(private readonly ctx: GateContext) {}

  take(item: BatchItem): Promise<BatchOutcome> {
    const conflict = conflictOf(item);
    const alone = ALONE.has(item.operation) || this.conflicts.has(conflict);
    this.conflicts.add(conflict);
    return alone ? this.afterAll(item) : this.inLane(item);
  }

  /** Waits until everything before it is answered; what comes after waits for its answer. */
  private afterAll(item: BatchItem): Promise<BatchOutcome> {
    const answer = this.answered.then(() => outcomeOf(this.ctx, item));
    this.entered = answer;
    this.answered = answer;
    return answer;
  }

  /** Is prepared at once, and enters the lane when everything before it has entered or was answered without. */
  private inLane(item: BatchItem): Promise<BatchOutcome> {
    let enter = () => {};
    const before = this.entered;
    this.entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const answer = outcomeOf({ ...this.ctx, turn: { before, enter } }, item).finally(enter);
    this.answered = Promise.all([this.answered, answer]);
    return answer;
  }
}

/** A call that was priced with a plan of before is decided after those behind it: so the plans are read first. */
async function readPlans(ctx: GateContext, items: readonly BatchItem[], owners: readonly ItemOwner[]): Promise<void> {
  const seen = new Set<string>();
  const several = new Set<string>();
  for (const { organizationId } of owners) {
    if (organizationId) (seen.has(organizationId) ? several : seen).add(organizationId);
  }
  const priced = owners.filter((_, place) => ["hold", "charge"].includes(items[place]?.operation ?? ""));
  const read = new Set(priced.flatMap(({ organizationId: id }) => (id && several.has(id) ? [id] : [])));
  // What cannot be read now is read by the call itself, or refused there.
  await Promise.all([...read].map((id) => readTerms(ctx.db, id).catch(() => undefined)));
}

/**
 * Runs up to 1,000 operations, each on its own: one that is refused says so in its place and stops no other. Those of
 * one organization are executed in their order.
 */
export async function batch(ctx: GateContext, { items }: { items: readonly BatchItem[] }): Promise<BatchOutcome[]> {
  const owners = await Promise.all(items.map((item, place) => ownerOf(ctx, item, place)));
  await readPlans(ctx, items, owners);
  const lines = new Map<string, Line>();
  return Promise.all(
    items.map((item, place) => {
      const { name } = owners[place] as ItemOwner;
      const line = lines.get(name) ?? new Line(ctx);
      lines.set(name, line);
      return line.take(item);
    }),
  );
}
