import { charge } from "./charge";
import type { GateContext } from "./context";
import { extend } from "./extend";
import { hold } from "./hold";
import { quote } from "./quote";
import { refund } from "./refund";
import { release } from "./release";
import type { BatchBody, BatchItem, BatchOutcome } from "./schema";
import { settle } from "./settle";

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

/** Runs up to 1,000 operations, each on its own: one that is refused says so in its place and stops no other. */
export async function batch(ctx: GateContext, { items }: { items: readonly BatchItem[] }): Promise<BatchOutcome[]> {
  return Promise.all(items.map((item) => outcomeOf(ctx, item)));
}
