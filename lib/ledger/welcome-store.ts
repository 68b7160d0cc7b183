import type { Client } from "@/lib/platform/db";

const SEEN = `SELECT EXISTS (SELECT 1 FROM transaction
      WHERE organization_id = $1 AND scope = 'welcome' AND idempotency_key = 'welcome') AS welcomed,
    EXISTS (SELECT 1 FROM idempotency_record
      WHERE organization_id = $1 AND scope = 'signup' AND idempotency_key = 'further') AS further,
    EXISTS (SELECT 1 FROM subscription WHERE organization_id = $1) AS subscribed`;

type Welcome = { welcomed: boolean; further: boolean; subscribed: boolean };

/** What the organization already has of the welcome. `further`: its owner got the gift for an earlier one. */
export async function readWelcome(client: Client, organizationId: string): Promise<Welcome> {
  return (await client.query<Welcome>(SEEN, [organizationId])).rows[0] as Welcome;
}
