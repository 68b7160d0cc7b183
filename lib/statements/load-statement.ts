import { TollgateError } from "@/lib/kernel/errors";
import type { Context, OrganizationTime } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { buildStatement } from "./build-statement";
import { numbersSchema } from "./numbers";
import type { Statement } from "./schema";
import { computeNumbers, type MonthRow, readMonths, readNames, readStoredNumbers } from "./statement-store";

/** The months up to the named one, which is the last. Errors: not_found (the organization has no such month). */
async function monthsUntil(client: Client, { organizationId, now }: OrganizationTime, month: string) {
  const months = await readMonths(client, organizationId, now);
  const at = months.findIndex((row) => row.month === month);
  if (at < 0) throw new TollgateError("not_found", `There is no statement of ${month}.`);
  return months.slice(0, at + 1);
}

/** The bounds of a month. Errors: not_found. */
export async function requireMonth(client: Client, of: OrganizationTime, month: string): Promise<MonthRow> {
  return (await monthsUntil(client, of, month)).at(-1) as MonthRow;
}

/** Of a closed month the stored numbers. Those of an open one are computed from the last closed month on. */
async function numbersOf(client: Client, organizationId: string, months: readonly MonthRow[]): Promise<unknown> {
  const firstOpen = months.findIndex(({ closedAt }) => closedAt === null);
  const closed = firstOpen < 0 ? months : months.slice(0, firstOpen);
  const last = closed.at(-1);
  let numbers = last ? await readStoredNumbers(client, organizationId, last.month) : null;
  for (const month of months.slice(closed.length)) {
    numbers = await computeNumbers(client, organizationId, month, numbers);
  }
  return numbers;
}

/** One month of the organization. Errors: not_found. */
export async function loadStatement(ctx: Context, month: string): Promise<Statement> {
  const { db, organizationId, now } = ctx;
  return queryOrganization(db, organizationId, async (client) => {
    const months = await monthsUntil(client, ctx, month);
    const numbers = numbersSchema.parse(await numbersOf(client, organizationId, months));
    const ids = [...numbers.usage.byKey, ...numbers.usage.byMember].flatMap(({ id }) => id ?? []);
    const names = await readNames(client, organizationId, ids);
    return buildStatement(months.at(-1) as MonthRow, numbers, { now, names });
  });
}
