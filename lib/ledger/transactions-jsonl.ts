import { currentCatalogue } from "@/lib/catalogue";
import type { RowFile } from "@/lib/kernel/csv";
import type { Context } from "@/lib/platform/context";
import type { TransactionsCsvQuery } from "./schema";
import { transactionAnswer } from "./transaction-answer";
import { type TransactionPages, transactionPages } from "./transaction-pages";

/** Every movement as a line of JSON, in the form of `GET /v1/transactions`, the oldest first. Errors: not_found. */
export async function transactionsJsonl(ctx: Context, query: TransactionsCsvQuery): Promise<RowFile> {
  const { scale } = currentCatalogue().catalogue.unit;
  const { pages, rows } = await transactionPages(ctx, query);
  return { text: lines(pages, scale), rows };
}

async function* lines(pages: TransactionPages["pages"], scale: number) {
  for await (const page of pages) {
    const texts = page.map((row) => JSON.stringify(transactionAnswer(row, row.event ?? undefined, scale)));
    yield `${texts.join("\n")}\n`;
  }
}
