import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import { SQLSTATE } from "@/lib/platform/sqlstate";

export type { Client };
export type Range = { from: Date; to: Date; zone: string };
type RangeInput = { from?: string | undefined; to?: string | undefined; timezone?: string | undefined };

/** Today and these make 30 days. */
const USUAL_DAYS_BEFORE = 29;
const DATE_LENGTH = "2026-11-21".length;

// Dates are midnights of the zone, so only the database, which knows every zone's past, turns them into instants.
const RANGE = `
  SELECT z.zone,
    coalesce($3::timestamptz, ledger.day_start($4::timestamp, z.zone),
      ledger.day_start(date_trunc('day', $7::timestamptz AT TIME ZONE z.zone) - interval '${USUAL_DAYS_BEFORE} days', z.zone)) AS "from",
    coalesce($5::timestamptz, ledger.day_start($6::timestamp, z.zone), $7::timestamptz) AS "to"
  FROM organization o, LATERAL (SELECT coalesce($2, o.time_zone) AS zone) AS z WHERE o.id = $1`;

const isDate = (text: string | undefined) => text !== undefined && text.length === DATE_LENGTH;
const ifDate = (text: string | undefined) => (isDate(text) ? text : null);
const ifInstant = (text: string | undefined) => (isDate(text) ? null : (text ?? null));

const refusal = (field: string, message: string) => new TollgateError("validation_failed", message, { field });

/** A browser may know a time zone that the database does not. */
function invalid(sqlstate: string): TollgateError | undefined {
  if (sqlstate === SQLSTATE.invalidParameter) return refusal("timezone", "the time zone is unknown");
  if (sqlstate === SQLSTATE.datetimeOverflow) return refusal("from", "the range is too far away");
  return undefined;
}

/** Turns the input into instants and a zone. Errors: not_found, validation_failed (an empty range). */
export async function resolveRange(client: Client, ctx: Context, input: RangeInput): Promise<Range> {
  const { from, to, timezone } = input;
  const values = [ctx.organizationId, timezone ?? null, ifInstant(from), ifDate(from), ifInstant(to), ifDate(to)];
  const { rows } = await mapRaised(client.query<Range>(RANGE, [...values, ctx.now]), { invalid });
  const range = rows[0];
  if (!range) throw new TollgateError("not_found", "There is no such organization.");
  if (range.from >= range.to) {
    throw refusal("from", "from must be earlier than to");
  }
  return range;
}
