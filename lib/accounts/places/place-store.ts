import type { Client } from "@/lib/platform/db";
import { one } from "../function-store";
import type { Place } from "./place-schema";

/** Whether it had a place. Errors: conflict (a call of it is in flight), not_found (the organization). */
export async function deletePlace(client: Client, organizationId: string, { tag, value }: Place, now: Date) {
  return one<boolean>(client, "SELECT ledger.free_place($1, $2, $3, $4) AS answer", [organizationId, tag, value, now]);
}

export async function readPlaces(client: Client, organizationId: string) {
  const { rows } = await client.query<Place & { since: Date }>(
    "SELECT tag, value, created_at AS since FROM tag_value WHERE organization_id = $1 ORDER BY created_at, value",
    [organizationId],
  );
  return rows;
}
