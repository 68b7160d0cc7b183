import { currentCatalogue } from "@/lib/catalogue";
import type { Options } from "@/lib/catalogue/schema";
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { Client } from "@/lib/platform/db";
import type { TransactionAnswer, TransactionType } from "./schema";

/** A row of the table, as Prisma and SQL read it. */
export type PostedRow = {
  organizationId: string;
  seq: bigint;
  type: string;
  amount: bigint;
  amountPlan: bigint;
  balanceAfter: bigint;
  postedAt: Date;
  eventId: string | null;
  keyId: string | null;
  description: string | null;
  resourceType: string | null;
  resourceId: string | null;
  reversesSeq: bigint | null;
};

/** A usage event, as far as transactions show it. */
export type PaidEvent = {
  id: string;
  occurred_at: Date;
  endpoint: string;
  model: string;
  quantities: bigint[];
  options: Options | null;
  tags: Record<string, string> | null;
  resource_type: string | null;
  resource_id: string | null;
  cost: bigint;
  waived: bigint;
  catalogue_version: number;
  discount_percent: number;
  transaction_seq: bigint | null;
  /** The event that this one gives back. */
  reverses: string | null;
};

/** The events of a page of transactions; the log is partitioned by these very ids, so each is one look. */
export async function eventsOf(
  client: Client,
  organizationId: string,
  rows: readonly Pick<PostedRow, "eventId">[],
): Promise<Map<string, PaidEvent>> {
  const ids = rows.flatMap((row) => row.eventId ?? []);
  if (ids.length === 0) return new Map();
  const { rows: events } = await client.query<PaidEvent>(
    `
    SELECT id, occurred_at, endpoint, model, quantities, options, tags, resource_type, resource_id, cost, waived,
      catalogue_version, discount_percent, transaction_seq, reverses
    FROM ledger.usage_event WHERE organization_id = $1 AND id = ANY ($2::uuid[])`,
    [organizationId, ids],
  );
  return new Map(events.map((event) => [event.id, event]));
}

type ShownEvent = Pick<PaidEvent, "endpoint" | "model" | "tags" | "resource_type" | "resource_id">;

function resourceOf(row: PostedRow, event: ShownEvent | undefined): TransactionAnswer["resource"] {
  if (row.resourceId !== null) return { type: row.resourceType, id: row.resourceId };
  if (event && event.resource_id !== null) return { type: event.resource_type, id: event.resource_id };
  return null;
}

/** A renewal keeps its plan's id; read is its name, as long as the catalogue has it. */
function descriptionOf({ type, description }: PostedRow): string | null {
  if (type !== "renewal" || description === null) return description;
  return currentCatalogue().catalogue.planIndex.get(description)?.name ?? description;
}

/** A transaction as it stands on the wire; its public id carries its number. */
export function transactionAnswer(row: PostedRow, event: ShownEvent | undefined, scale: number): TransactionAnswer {
  const { organizationId } = row;
  const transaction = (seq: bigint) => publicId("txn", organizationId, sequenceUuid(seq));
  return {
    id: transaction(row.seq),
    type: row.type as TransactionType,
    amount: formatAmount(row.amount, scale),
    funding: {
      plan: formatAmount(row.amountPlan, scale),
      prepaid: formatAmount(row.amount - row.amountPlan, scale),
    },
    balanceAfter: formatAmount(row.balanceAfter, scale),
    postedAt: row.postedAt.toISOString(),
    key: row.keyId && publicId("key", organizationId, row.keyId),
    event: row.eventId && publicId("evt", organizationId, row.eventId),
    usage: event ? { endpoint: event.endpoint, model: event.model, tags: event.tags } : null,
    resource: resourceOf(row, event),
    description: descriptionOf(row),
    reverses: row.reversesSeq === null ? null : transaction(row.reversesSeq),
  };
}
