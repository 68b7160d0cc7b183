import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadTransactions, PAGE_ROWS, questionOf } from "@/components/transactions/state";
import { Transactions } from "@/components/transactions/transactions";
import { listKeyLimits } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { TollgateError } from "@/lib/kernel/errors";
import { getTransaction, listTransactions } from "@/lib/ledger";
import { transactionsQuery } from "@/lib/ledger/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("transactions");
  return { title: t("title") };
}

function nullWhenNotFound(error: unknown): null {
  if (error instanceof TollgateError && error.code === "not_found") return null;
  throw error;
}

export default async function TransactionsPage({ params, searchParams }: PageProps<"/o/[organization]/transactions">) {
  const given = await searchParams;
  const words = Object.entries(given).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  const search = new URLSearchParams(words).toString();
  const { ctx, session } = await portalPage({ params }, (own) =>
    search ? `${own.transactions}?${search}` : own.transactions,
  );
  const state = loadTransactions(given);
  const question = questionOf(state, session.organization.timeZone);
  const asked = transactionsQuery.safeParse({ ...question, limit: PAGE_ROWS });
  const { open } = state;
  const [list, keys, detail] = await Promise.all([
    asked.success ? listTransactions(ctx, asked.data) : null,
    listKeyLimits(ctx),
    open ? getTransaction(ctx, { id: open }).catch(nullWhenNotFound) : null,
  ]);
  return (
    <Transactions
      first={list && { question, list }}
      keys={keys.data.map(({ id, name, hint }) => ({ id, name, hint }))}
      opened={open ? { id: open, detail } : null}
    />
  );
}
