/** A customer's balance and transactions. */
import { z } from "zod";
import { keySelf } from "@/lib/accounts";
import { LIMIT_WINDOWS } from "@/lib/accounts/schema";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId, requirePublicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { amountOut, timeOut } from "@/lib/kernel/wire";
import {
  balance,
  balanceAnswer,
  getTransaction,
  listTransactions,
  transactionsCsv,
  transactionsJsonl,
} from "@/lib/ledger";
import {
  balanceAnswerSchema,
  transactionDetailSchema,
  transactionListSchema,
  transactionsCsvQuery,
  transactionsQuery,
} from "@/lib/ledger/schema";
import { csvForm, csvResponse, jsonlResponse } from "../file";
import { subject, subjectOf, subjectQuery } from "../reader";
import { defineRoute } from "../route";

const tag = "Balance";

defineRoute({
  method: "GET",
  path: "/v1/balance",
  tag,
  summary: "Read the balance",
  description:
    "`available` is plan credit and prepaid credit, minus what is held and owed. The response also lists each kind of credit, the level and its advice.",
  auth: "either",
  query: subjectQuery,
  answer: { description: "The balance now.", schema: balanceAnswerSchema },
  errors: ["not_found"],
  async handler({ context, query }) {
    const of = await subjectOf(context, query);
    return balanceAnswer(await balance(of.context), currentCatalogue().catalogue);
  },
});

defineRoute({
  method: "GET",
  path: "/v1/transactions",
  tag,
  summary: "List transactions, the latest first",
  auth: "either",
  query: transactionsQuery.extend(subject),
  answer: { description: "One page; `nextCursor` is null on the last.", schema: transactionListSchema },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return listTransactions(of.context, { ...query, key: of.key });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/transactions.csv",
  tag,
  summary: "Download transactions as CSV, the oldest first",
  description:
    "RFC 4180, streamed. Text that a spreadsheet would run as a formula starts with an apostrophe. `X-Total-Rows` is the number of rows, if it is known without counting.",
  auth: "either",
  query: transactionsCsvQuery.extend(subject).extend(csvForm),
  answer: { description: "The file.", type: "text/csv" },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, bom, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return csvResponse(await transactionsCsv(of.context, { ...query, key: of.key }), "transactions.csv", { bom });
  },
});

defineRoute({
  method: "GET",
  path: "/v1/transactions.jsonl",
  tag,
  summary: "Download transactions as JSON lines, the oldest first",
  description: "Streamed. Each line is a transaction as `/v1/transactions` lists it.",
  auth: "either",
  query: transactionsCsvQuery.extend(subject),
  answer: { description: "The file.", type: "application/jsonl" },
  errors: ["not_found"],
  async handler({ context, query: { organization, key, ...query } }) {
    const of = await subjectOf(context, { organization, key });
    return jsonlResponse(await transactionsJsonl(of.context, { ...query, key: of.key }), "transactions.jsonl");
  },
});

defineRoute({
  method: "GET",
  path: "/v1/transactions/{id}",
  tag,
  summary: "Read a transaction with its entries, grants, call and price",
  auth: "either",
  answer: { description: "The transaction.", schema: transactionDetailSchema },
  errors: ["not_found"],
  async handler({ context, id }) {
    const { organizationId } = requirePublicId(id, "txn");
    // Another organization's id is answered as one that does not exist.
    const organization = organizationPublicId(organizationId);
    const of = await subjectOf(context, { organization });
    return getTransaction(of.context, { id });
  },
});

const keyWindow = z.strictObject({
  limit: amountOut.nullable().meta({ description: "Null is no limit." }),
  spent: amountOut,
  held: amountOut,
  resetsAt: timeOut.nullable(),
});
const keySelfAnswer = z
  .strictObject({
    id: z.string().meta({ example: "key_…" }),
    name: z.string(),
    hint: z.string().meta({ description: "The key's last four characters." }),
    createdAt: timeOut,
    expiresAt: timeOut.nullable(),
    windows: z.strictObject({ total: keyWindow, day: keyWindow, week: keyWindow, month: keyWindow }),
  })
  .meta({ id: "KeySelf" });

defineRoute({
  method: "GET",
  path: "/v1/keys/self",
  tag,
  summary: "Read the calling key: its limits and what is spent and held",
  auth: "key",
  answer: { description: "The key.", schema: keySelfAnswer },
  async handler({ actor, context }) {
    const self = await keySelf({ ...context, organizationId: actor.organizationId });
    const { scale } = currentCatalogue().catalogue.unit;
    const amount = (value: bigint) => formatAmount(value, scale);
    const windows = LIMIT_WINDOWS.map((name) => {
      const { limit, spent, held, resetsAt } = self.windows[name];
      const cap = limit === null ? null : amount(limit);
      return [name, { limit: cap, spent: amount(spent), held: amount(held), resetsAt }];
    });
    return { ...self, windows: Object.fromEntries(windows) };
  },
});
