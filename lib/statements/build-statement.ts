/** Puts a month's numbers together; pure. */
import { GRANT_KINDS, type TransactionType } from "@/lib/ledger/schema";
import type { Numbers } from "./numbers";
import {
  CLOSES_AFTER_MS,
  type CreditAmounts,
  STATEMENT_CREDITS,
  type Statement,
  type StatementState,
  type UsageLine,
} from "./schema";
import type { MonthRow } from "./statement-store";

/** The order in which a reader expects movements: what came, what was used, what went otherwise. */
const MOVEMENTS: readonly TransactionType[] = [
  "purchase",
  "renewal",
  "grant",
  "refund",
  "clawback",
  "deduction",
  "expiry",
  "adjustment",
];
/** Missing kinds are zero. */
function amountsOf(of: Partial<CreditAmounts>): CreditAmounts {
  const amounts = Object.fromEntries(STATEMENT_CREDITS.map((kind) => [kind, of[kind] ?? 0n])) as CreditAmounts;
  return { ...amounts, total: STATEMENT_CREDITS.reduce((sum, kind) => sum + amounts[kind], 0n) };
}

function sumOf(all: readonly CreditAmounts[]): CreditAmounts {
  return amountsOf(
    Object.fromEntries(STATEMENT_CREDITS.map((kind) => [kind, all.reduce((sum, of) => sum + of[kind], 0n)])),
  );
}

const minus = (a: CreditAmounts, b: CreditAmounts) =>
  amountsOf(Object.fromEntries(STATEMENT_CREDITS.map((kind) => [kind, a[kind] - b[kind]])));

export function stateOf({ closedAt, endsAt }: Pick<MonthRow, "closedAt" | "endsAt">, now: Date): StatementState {
  if (closedAt) return "closed";
  return endsAt > now ? "running" : "ended";
}

export const closesAt = ({ closedAt, endsAt }: Pick<MonthRow, "closedAt" | "endsAt">): Date =>
  closedAt ?? new Date(endsAt.getTime() + CLOSES_AFTER_MS);

/** The opening amounts follow from the closing ones and the movements: the ledger's checks compare them with the month before. */
export function buildStatement(
  month: MonthRow,
  { movements, usage, grants, debt, reserved }: Numbers,
  { now, names }: { now: Date; names: ReadonlyMap<string, string> },
): Statement {
  const moved = MOVEMENTS.flatMap((type) => {
    const { transactions = 0n, ...amounts } = movements[type] ?? {};
    return transactions === 0n ? [] : [{ type, transactions, amounts: amountsOf(amounts) }];
  });
  const left = GRANT_KINDS.map((kind) => [
    kind,
    grants.filter((grant) => grant.kind === kind).reduce((sum, { remaining }) => sum + remaining, 0n),
  ]);
  const closing = amountsOf({ ...Object.fromEntries(left), debt });
  const lines = (of: Numbers["usage"]["byKey"], nameOf: (id: string) => string | null): UsageLine[] =>
    of.map(({ id, calls, cost }) => ({ id, name: id === null ? null : nameOf(id), calls, cost }));
  const named = (id: string) => names.get(id) ?? null;
  const { total } = usage;
  return {
    month: month.month,
    state: stateOf(month, now),
    timeZone: month.timeZone,
    startsAt: month.startsAt,
    endsAt: month.endsAt,
    closesAt: closesAt(month),
    fromSeq: month.fromSeq,
    toSeq: month.toSeq,
    opening: minus(closing, sumOf(moved.map(({ amounts }) => amounts))),
    movements: moved,
    closing,
    reserved,
    usage: {
      calls: total.calls,
      cost: total.cost,
      byModel: lines(usage.byModel, (model) => model),
      byEndpoint: lines(usage.byEndpoint, (endpoint) => endpoint),
      byKey: lines(usage.byKey, named),
      byMember: lines(usage.byMember, named),
      earlier: { calls: total.earlierCalls, cost: total.earlierCost },
    },
    grants,
    hash: month.hash,
  };
}
