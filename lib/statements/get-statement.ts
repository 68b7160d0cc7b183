import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { loadStatement } from "./load-statement";
import type { CreditAmounts, Statement, StatementAnswer, UsageLine } from "./schema";

function wire(organizationId: string, statement: Statement): StatementAnswer {
  const { code, scale } = currentCatalogue().catalogue.unit;
  const amount = (of: bigint) => formatAmount(of, scale);
  const amounts = (of: CreditAmounts) => ({
    plan: amount(of.plan),
    purchased: amount(of.purchased),
    promotional: amount(of.promotional),
    adjustment: amount(of.adjustment),
    debt: amount(of.debt),
    total: amount(of.total),
  });
  const lines = (of: UsageLine[], prefix?: "key") =>
    of.map(({ id, name, calls, cost }) => ({
      id: id !== null && prefix ? publicId(prefix, organizationId, id) : id,
      name,
      calls: jsonCount(calls),
      cost: amount(cost),
    }));
  const { usage } = statement;
  return {
    month: statement.month,
    state: statement.state,
    startsAt: statement.startsAt.toISOString(),
    endsAt: statement.endsAt.toISOString(),
    closesAt: statement.closesAt.toISOString(),
    unit: code,
    opening: amounts(statement.opening),
    closing: amounts(statement.closing),
    hash: statement.hash,
    timeZone: statement.timeZone,
    movements: statement.movements.map((of) => ({
      type: of.type,
      transactions: jsonCount(of.transactions),
      amounts: amounts(of.amounts),
    })),
    reserved: amount(statement.reserved),
    usage: {
      calls: jsonCount(usage.calls),
      cost: amount(usage.cost),
      byModel: lines(usage.byModel),
      byEndpoint: lines(usage.byEndpoint),
      byKey: lines(usage.byKey, "key"),
      byMember: lines(usage.byMember),
      earlier: { calls: jsonCount(usage.earlier.calls), cost: amount(usage.earlier.cost) },
    },
    grants: statement.grants.map((grant) => ({
      id: publicId("grt", organizationId, grant.id),
      kind: grant.kind,
      source: grant.source,
      createdAt: grant.createdAt.toISOString(),
      expiresAt: grant.expiresAt?.toISOString() ?? null,
      amount: amount(grant.amount),
      remaining: amount(grant.remaining),
    })),
  };
}

/** The statement of one month ("2026-10"); of the running month, until now. Errors: not_found. */
export async function getStatement(ctx: Context, { month }: { month: string }): Promise<StatementAnswer> {
  mayRead(ctx);
  return wire(ctx.organizationId, await loadStatement(ctx, month));
}
