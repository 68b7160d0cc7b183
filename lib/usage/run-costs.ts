import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount, multiplyDivide, parseAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { resolveRange } from "./range-store";
import { countRuns } from "./run-store";
import { runTag } from "./runs";
import type { RunCosts, RunCostsQuery } from "./schema";
import { usage } from "./usage";

/**
 * What the models or the values of a tag cost in a range, the most expensive first, and what that is for each run that
 * began in the range and used them. Errors: not_found, validation_failed (a range or tag that cannot be answered).
 */
export async function runCosts(ctx: Context, { by, ...asked }: RunCostsQuery): Promise<RunCosts> {
  mayRead(ctx);
  const tag = runTag();
  const { scale } = currentCatalogue().catalogue.unit;
  const ofModels = by === "model";
  const sums = await usage(ctx, { ...asked, groupBy: [by], quantities: false });
  const counts = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, asked);
    return countRuns(client, ctx, { tag, range, of: ofModels ? "models" : "tags" });
  });
  const prefix = ofModels ? "" : `${by.slice("tag:".length)}:`;
  return {
    data: sums.data.map((row) => {
      const name = (ofModels ? row.model : row.tag) ?? "";
      const runs = counts.get(prefix + name) ?? 0n;
      const cost = parseAmount(row.cost, scale, { signed: true });
      const perRun = runs > 0n ? formatAmount(multiplyDivide(cost, 1n, runs), scale) : null;
      return { name, calls: row.requests, cost: row.cost, runs: jsonCount(runs), perRun };
    }),
  };
}
