import { mapRaised } from "@/lib/ledger";
import type { Client } from "@/lib/platform/db";

/** What a function of accounts raises; where it finds nothing, it is the organization. */
export const mapped = <T>(statement: Promise<T>) =>
  mapRaised(statement, { notFound: "There is no such organization." });

/** The single value of a function; nothing where it answers no row. */
export const one = async <T>(client: Client, sql: string, values: unknown[]): Promise<T | undefined> =>
  (await mapped(client.query<{ answer: T }>(sql, values))).rows[0]?.answer;
