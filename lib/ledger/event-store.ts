/** Usage events that transactions paid for, and the meters that they count. */
import type { Options } from "@/lib/catalogue/schema";
import type { Client } from "@/lib/platform/db";

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
  rows: readonly { eventId: string | null }[],
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

/** Meter names by slot. */
export async function meterMap(client: Client): Promise<Map<number, string>> {
  return new Map((await client.tables.meter.findMany()).map((meter) => [meter.slot, meter.name]));
}
