import { publicId, sequenceUuid } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { byName } from "./meter-store";
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
  quantities: bigint[];
  options: UsageEvent["options"];
  tags: UsageEvent["tags"];
  resource_type: string | null;
  resource_id: string | null;
  catalogue_version: number;
  cost: bigint;
  cost_plan: bigint;
  waived: bigint;
  usage: "unknown" | "late" | null;
  unfunded: bigint | null;
  transaction_seq: bigint | null;
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
  const { cost, cost_plan: plan, transaction_seq: seq } = row;
  return {
    id: publicId("evt", organizationId, row.id),
    occurredAt: new Date(row.at).toISOString(),
    postedAt: row.posted_at.toISOString(),
    endpoint: row.endpoint,
    model: row.model,
    quantities: byName(row.quantities, names),
    options: row.options,
    tags: row.tags,
    resource: row.resource_id === null ? null : { type: row.resource_type, id: row.resource_id },
    key: row.key_id && publicId("key", organizationId, row.key_id),
    keyName: row.key_name,
    cost: amount(cost),
    funding: { plan: amount(plan), prepaid: amount(cost - plan) },
    waived: amount(row.waived),
    usage: row.usage ?? "reported",
    unfunded: amount(row.unfunded ?? 0n),
    catalogueVersion: row.catalogue_version,
    transaction: seq === null ? null : publicId("txn", organizationId, sequenceUuid(seq)),
    reverses: row.reverses && publicId("evt", organizationId, row.reverses),
  };
}
