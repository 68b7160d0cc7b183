import { currentCatalogue } from "@/lib/catalogue";
import { printCount } from "@/lib/kernel/print-amount";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { translator } from "@/lib/platform/translator";
import ledger from "@/messages/en/ledger.json";
import statements from "@/messages/en/statements.json";
import { loadStatement } from "./load-statement";
import { type PaperFacts, type PaperLine, statementPaper } from "./paper/statement-paper";
import type { Statement } from "./schema";
import { countLines, type LineRow, readLines, readOrganizationName } from "./statement-store";

const PAGE_LINES = 500;

function paperLine({ type, postedAt, transactions, amount, balanceAfter, description }: LineRow): PaperLine {
  const at = { at: postedAt, amount, balanceAfter };
  if (type !== "deduction") return { ...at, what: translator({ ledger }, "ledger.type")(type), detail: description };
  const t = translator({ statements }, "statements.lines");
  const calls = t("calls", { count: Number(transactions), shown: printCount(transactions.toString()) });
  return { ...at, what: t("usage"), detail: calls };
}

/** Page by page in short transactions; the bounds are those of the statement, whatever is posted meanwhile. */
async function* linesOf({ db, organizationId }: Context, statement: Statement): AsyncGenerator<PaperLine[]> {
  let { fromSeq } = statement;
  while (fromSeq < statement.toSeq) {
    const { lines, next } = await queryOrganization(db, organizationId, (client) =>
      readLines(client, organizationId, { ...statement, fromSeq }, PAGE_LINES),
    );
    yield lines.map(paperLine);
    fromSeq = next;
  }
}

/**
 * The statement of one month as a PDF, written as it is read, in constant memory. Its list of transactions has the calls
 * between two others, or of a day, as one line. Errors (before the first byte): not_found.
 */
export async function statementPdf(ctx: Context, { month }: { month: string }): Promise<AsyncIterable<Uint8Array>> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { operator, unit, labels, places } = currentCatalogue().catalogue;
  const statement = await loadStatement(ctx, month);
  const [count, organization] = await queryOrganization(ctx.db, organizationId, async (client) => [
    await countLines(client, organizationId, statement),
    await readOrganizationName(client, organizationId),
  ]);
  const facts: PaperFacts = {
    ...{ organization, operator, unit, labels, label: places.statements.at(-1) ?? "" },
    madeAt: ctx.now,
  };
  return statementPaper(statement, facts, { count, lines: linesOf(ctx, statement) });
}
