import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import { planLimitReached } from "./places/plan-limit-reached";

/** What a function of accounts raises; where it finds nothing, it is the organization. */
export const mapped = <T>(statement: Promise<T>) =>
  mapRaised(statement, { notFound: "There is no such organization.", planLimit: planLimitReached });

/** The single value of a function; nothing where it answers no row. */
export const one = async <T>(client: Client, sql: string, values: unknown[]): Promise<T | undefined> =>
  (await mapped(client.query<{ answer: T }>(sql, values))).rows[0]?.answer;
