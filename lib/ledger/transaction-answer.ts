import { currentCatalogue } from "@/lib/catalogue";
import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { PaidEvent } from "./event-store";
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
