import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import { planLimitReached } from "./places/plan-limit-reached";

/** Translates errors of a function of accounts. If it finds no row, the organization does not exist. */
export const mapped = <T>(statement: Promise<T>) =>
  mapRaised(statement, { notFound: "There is no such organization.", planLimit: planLimitReached });

/** The single value of a function; undefined without a row. */
export const one = async <T>(client: Client, sql: string, values: unknown[]): Promise<T | undefined> =>
  (await mapped(client.query<{ answer: T }>(sql, values))).rows[0]?.answer;
