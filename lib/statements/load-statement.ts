import { TollgateError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { buildStatement } from "./build-statement";
import { numbersSchema } from "./numbers";
import type { Statement } from "./schema";
import { computeNumbers, type MonthRow, readMonths, readNames, readStoredNumbers } from "./statement-store";

/** Errors: not_found (the organization has no such month). */
export function requireMonth(months: readonly MonthRow[], month: string): number {
  const at = months.findIndex((row) => row.month === month);
  if (at < 0) throw new TollgateError("not_found", `There is no statement of ${month}.`);
  return at;
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
export async function loadStatement({ db, organizationId, now }: Context, month: string): Promise<Statement> {
  return queryOrganization(db, organizationId, async (client) => {
    const months = await readMonths(client, organizationId, now);
    const at = requireMonth(months, month);
    const numbers = numbersSchema.parse(await numbersOf(client, organizationId, months.slice(0, at + 1)));
    const ids = [...numbers.usage.byKey, ...numbers.usage.byMember].flatMap(({ id }) => id ?? []);
    const names = await readNames(client, organizationId, ids);
    return buildStatement(months[at] as MonthRow, numbers, { now, names });
  });
}
