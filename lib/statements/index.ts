/**
 * Statements: what happened to an organization's credit in each calendar month. Posting times decide, so a month does
 * not change after its end; three days later it is closed, with a hash that chains it to the month before.
 */
export { closeStatements } from "./close-statements";
export { getStatement } from "./get-statement";
export { listLines } from "./list-lines";
export { listStatements } from "./list-statements";
export { statementCsv } from "./statement-csv";
export { statementPdf } from "./statement-pdf";
