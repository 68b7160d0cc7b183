/** The latest calls of a range, from which hints on costs are computed. Their number is limited, whatever the log has. */
import { idsWithin } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";

import type { Client, Range } from "./range-store";

export const MOST_CALLS = 10_000;
const MOST_REFUNDED = 10_000;
const MOST_REPEATED = 20;

// Calls that were refunded are left out: their cost was given back, in part or in full. NOT IN stays a filter of the
// index's rows; as a join, NOT EXISTS would read all calls of the range before the limit.
const CALLS = `
  SELECT e.* FROM ledger.usage_event e
  WHERE e.organization_id = $1 AND e.occurred_at >= $2 AND e.occurred_at < $3 AND ${idsWithin("e.id", "$2", "$3")}
    AND e.reverses IS NULL
    AND e.id NOT IN (SELECT r.reverses FROM refunded r)
  ORDER BY e.occurred_at DESC, e.id DESC LIMIT ${MOST_CALLS}`;
const REFUNDED = `
  SELECT r.reverses FROM ledger.usage_event r
  WHERE r.organization_id = $1 AND r.reverses IS NOT NULL AND r.occurred_at >= $2 AND ${idsWithin("r.id", "$2", "$3")}
  LIMIT ${MOST_REFUNDED}`;

/** The count of some meters in one call. */
const countOf = (slots: readonly number[]) =>
  slots.map((slot) => `coalesce(c.quantities[${slot + 1}], 0)`).join(" + ") || "0";

/**
 * Calls of one endpoint and model whose prompts are in one class of length: above `bounds[size - 1]`, up to
 * `bounds[size]`. `counts` are in the order of the meters' slots.
 */
export type SizeRow = {
  endpoint: string;
  model: string;
  size: number;
  discountPercent: number;
  calls: bigint;
  cost: bigint;
  costPlan: bigint;
  counts: bigint[];
  /** Calls whose prompt, or answer, is longer than the longest usual one, and their tokens beyond it. */
  longPrompts: bigint;
  promptExcess: bigint;
  longAnswers: bigint;
  answerExcess: bigint;
};
/** The slots of all meters, of those that are the prompt, and of the answer's. */
export type Slots = { all: number; prompt: readonly number[]; answer: readonly number[] };
/** The medians of prompts and answers in tokens; 0 without calls. */
export type Medians = { prompt: bigint; answer: bigint };
/** The lengths that separate the classes, in ascending order, and the longest usual prompt and answer. */
export type SizeCut = { bounds: readonly number[]; longest: Medians };

export async function readMedians(client: Client, ctx: Context, { from, to }: Range, slots: Slots): Promise<Medians> {
  const median = (of: readonly number[]) =>
    `coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY ${countOf(of)}) FILTER (WHERE ${countOf(of)} > 0), 0)::bigint`;
  const { rows } = await client.query<Medians>(
    `WITH refunded AS (${REFUNDED}), calls AS (${CALLS})
     SELECT ${median(slots.prompt)} AS prompt, ${median(slots.answer)} AS answer FROM calls c`,
    [ctx.organizationId, from, to],
  );
  return rows[0] ?? { prompt: 0n, answer: 0n };
}

export async function readSizes(
  client: Client,
  ctx: Context,
  { from, to }: Range,
  slots: Slots,
  { bounds, longest }: SizeCut,
): Promise<SizeRow[]> {
  const [prompt, answer] = [countOf(slots.prompt), countOf(slots.answer)];
  const counts = Array.from({ length: slots.all }, (_, slot) => `coalesce(sum(c.quantities[${slot + 1}]), 0)`);
  const { rows } = await client.query<SizeRow>(
    `WITH refunded AS (${REFUNDED}), calls AS (${CALLS})
     SELECT c.endpoint, c.model, width_bucket(${prompt}, $4::bigint[]) AS size,
       c.discount_percent AS "discountPercent", count(*) AS calls, sum(c.cost)::bigint AS cost,
       sum(c.cost_plan)::bigint AS "costPlan", ARRAY[${counts.join(", ")}]::bigint[] AS counts,
       count(*) FILTER (WHERE ${prompt} > $5) AS "longPrompts",
       sum(greatest(${prompt} - $5, 0))::bigint AS "promptExcess",
       count(*) FILTER (WHERE ${answer} > $6) AS "longAnswers",
       sum(greatest(${answer} - $6, 0))::bigint AS "answerExcess"
     FROM calls c GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    // A length equal to a bound is in the class below it.
    [ctx.organizationId, from, to, bounds.map((bound) => bound + 1), longest.prompt, longest.answer],
  );
  return rows;
}

/** One prompt that was sent again; `calls` and `cost` are without the first time. */
export type RepeatRow = { endpoint: string; model: string; fingerprint: string; calls: bigint; cost: bigint };
export type Repeats = { prompts: bigint; calls: bigint; cost: bigint; most: RepeatRow[] };

/** Calls that repeat the endpoint, model and fingerprint of an earlier call, and the most expensive of them. */
export async function readRepeats(client: Client, ctx: Context, { from, to }: Range, tag: string): Promise<Repeats> {
  const { rows } = await client.query<RepeatRow & { prompts: bigint; allCalls: bigint; allCost: bigint }>(
    `WITH refunded AS (${REFUNDED}), calls AS (${CALLS}), numbered AS (
       SELECT c.endpoint, c.model, c.tags ->> $4 AS fingerprint, c.cost, row_number() OVER (
         PARTITION BY c.endpoint, c.model, c.tags ->> $4 ORDER BY c.occurred_at, c.id) AS number
       FROM calls c WHERE c.tags ->> $4 IS NOT NULL
     ), repeated AS (
       SELECT n.endpoint, n.model, n.fingerprint, count(*) AS calls, sum(n.cost)::bigint AS cost
       FROM numbered n WHERE n.number > 1 GROUP BY 1, 2, 3
     )
     SELECT r.*, count(*) OVER () AS prompts, (sum(r.calls) OVER ())::bigint AS "allCalls",
       (sum(r.cost) OVER ())::bigint AS "allCost"
     FROM repeated r ORDER BY r.cost DESC, r.fingerprint LIMIT ${MOST_REPEATED}`,
    [ctx.organizationId, from, to, tag],
  );
  const { prompts = 0n, allCalls = 0n, allCost = 0n } = rows[0] ?? {};
  const most = rows.map(({ endpoint, model, fingerprint, calls, cost }) => ({
    endpoint,
    model,
    fingerprint,
    calls,
    cost,
  }));
  return { prompts, calls: allCalls, cost: allCost, most };
}

/**
 * Calls of a model that were held: tokens of the answers that the holds declared, and that the calls used; what was held,
 * and what it cost. `reached` are those whose answer was as long as declared.
 */
export type HeldRow = {
  endpoint: string;
  model: string;
  calls: bigint;
  declared: bigint;
  used: bigint;
  held: bigint;
  cost: bigint;
  reached: bigint;
};

export async function readHeld(client: Client, ctx: Context, { from, to }: Range, answer: number): Promise<HeldRow[]> {
  const used = `coalesce(c.quantities[${answer + 1}], 0)`;
  const declared = `h.quantities[${answer + 1}]`;
  const { rows } = await client.query<HeldRow>(
    `WITH refunded AS (${REFUNDED}), calls AS (${CALLS})
     SELECT c.endpoint, c.model, count(*) AS calls, sum(${declared})::bigint AS declared, sum(${used})::bigint AS used,
       sum(h.ceiling)::bigint AS held, sum(c.cost)::bigint AS cost, count(*) FILTER (WHERE ${used} >= ${declared}) AS reached
     FROM calls c JOIN hold h ON h.organization_id = c.organization_id AND h.id = c.id
     WHERE h.organization_id = $1 AND ${declared} > 0 GROUP BY 1, 2 ORDER BY 1, 2`,
    [ctx.organizationId, from, to],
  );
  return rows;
}
