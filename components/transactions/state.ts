/** What the page shows, as its address says it; read by the server and by the browser alike. */
import {
  createLoader,
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { dayStart } from "@/lib/kernel/local-time";
import { shiftDate } from "@/lib/kernel/print-time";
import { TRANSACTION_TYPES } from "@/lib/ledger/schema";

/** Rows of a page of the list. */
export const PAGE_ROWS = "50";
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A date of the organization's calendar; one that does not exist is left out. */
const date = createParser({
  parse: (text) => (DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null),
  serialize: (text: string) => text,
});
const words = createParser({
  parse: (text) => text.trim() || null,
  serialize: (text: string) => text,
});

export const transactionsParsers = {
  search: words,
  type: parseAsArrayOf(parseAsStringLiteral(TRANSACTION_TYPES)).withDefault([]),
  from: date,
  to: date,
  key: parseAsString,
  /** `TYPE:ID`, such as project:atlas. */
  resource: parseAsString,
  open: parseAsString,
};
export type TransactionsState = inferParserType<typeof transactionsParsers>;
export const loadTransactions = createLoader(transactionsParsers);

/** The query of the list and of the file: the filters as API parameters, including the last day. */
export type Question = { search?: string; type?: string; from?: string; to?: string; key?: string; resource?: string };

export function questionOf({ search, type, from, to, key, resource }: TransactionsState, timeZone: string): Question {
  return {
    ...(search && { search }),
    ...(type.length > 0 && { type: type.join(",") }),
    ...(from && { from: dayStart(from, timeZone).toISOString() }),
    ...(to && { to: dayStart(shiftDate(to, 1), timeZone).toISOString() }),
    ...(key && { key }),
    ...(resource && { resource }),
  };
}

export function isFiltered(state: TransactionsState): boolean {
  const { search, type, from, to, key, resource } = state;
  return Boolean(search || type.length > 0 || from || to || key || resource);
}
