/** Files of lines for spreadsheets (RFC 4180). */
import { stringify } from "csv-stringify/sync";

/** `rows` is how many there are, where that is known; a header and a row of totals are not counted. */
export type RowFile = { text: AsyncIterable<string>; rows: bigint | undefined };

const FORMULA = /^[=+\-@\t\r\n]/;

/** Text that a spreadsheet would run as a formula is shown as text. Our own numbers stay numbers. */
export function plainCell(text: string | null): string {
  if (text === null) return "";
  return FORMULA.test(text) ? `'${text}` : text;
}

export function csvLines(rows: string[][]): string {
  return stringify(rows, { record_delimiter: "windows" });
}

/** `cost` in a currency is `cost_usd`: the header names the unit of the numbers. */
export function amountColumn(name: string, unit: string): string {
  return `${name}_${unit.toLowerCase()}`;
}
