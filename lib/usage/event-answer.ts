import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { byName } from "./meters";
import type { UsageEvent } from "./schema";

/** `at` is the exact time, to continue from; a Date would cut its microseconds off. */
export type EventRow = {
  id: string;
  at: string;
  posted_at: Date;
  key_id: string | null;
  key_name: string | null;
  endpoint: string;
  model: string;
  quantities: string[];
  options: UsageEvent["options"];
  tags: UsageEvent["tags"];
  resource_type: string | null;
  resource_id: string | null;
  catalogue_version: number;
  cost: string;
  cost_plan: string;
  waived: string;
  usage: "unknown" | "late" | null;
  unfunded: string | null;
  transaction_seq: string | null;
  reverses: string | null;
};

/** An event as it stands on the wire. */
export function eventAnswer(
  row: EventRow,
  organizationId: string,
  names: readonly string[],
  scale: number,
): UsageEvent {
  const amount = (value: bigint) => formatAmount(value, scale);
  const cost = BigInt(row.cost);
  const plan = BigInt(row.cost_plan);
  return {
    id: publicId("evt", organizationId, row.id),
    occurredAt: new Date(row.at).toISOString(),
    postedAt: row.posted_at.toISOString(),
    endpoint: row.endpoint,
    model: row.model,
    quantities: byName(row.quantities.map(BigInt), names),
    options: row.options,
    tags: row.tags,
    resource: row.resource_id === null ? null : { type: row.resource_type, id: row.resource_id },
    key: row.key_id && publicId("key", organizationId, row.key_id),
    keyName: row.key_name,
    cost: amount(cost),
    funding: { plan: amount(plan), prepaid: amount(cost - plan) },
    waived: amount(BigInt(row.waived)),
    usage: row.usage ?? "reported",
    unfunded: amount(BigInt(row.unfunded ?? 0)),
    catalogueVersion: row.catalogue_version,
    transaction: row.transaction_seq && publicId("txn", organizationId, sequenceUuid(BigInt(row.transaction_seq))),
    reverses: row.reverses && publicId("evt", organizationId, row.reverses),
  };
}
