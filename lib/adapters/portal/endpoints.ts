/**
 * What the portal's pages read below `/o/<organization>/data/`: one line for each, which its route, the server's first
 * read and the browser's hooks share. Types only come from the schemas, so that no schema is sent to the browser.
 */
import type { z } from "zod";
import type {
  InvitationList,
  KeyDetail,
  KeyList,
  MemberList,
  MembershipList,
  UnsummedKeyList,
} from "@/lib/accounts/schema";
import type { AuditList, auditQuery } from "@/lib/audit/schema";
import type { PriceList } from "@/lib/catalogue/schema";
import { organizationPaths } from "@/lib/kernel/paths";
import type {
  BalanceAnswer,
  BalanceHistory,
  balanceHistoryQuery,
  GrantList,
  TransactionDetail,
  TransactionList,
  transactionsQuery,
} from "@/lib/ledger/schema";
import type { RefreshedPayment } from "@/lib/payments";
import type { PaymentList, PaymentReversals, paymentListQuery } from "@/lib/payments/schema";
import type {
  CostHints,
  eventsQuery,
  Run,
  RunCosts,
  RunList,
  runCostsQuery,
  runsQuery,
  UsageAnswer,
  UsageEventDetail,
  UsageEventList,
  usageQuery,
} from "@/lib/usage/schema";

type None = Record<never, never>;
type One = { id: string };

export type Endpoint<Answer, Parameters extends object = None> = {
  /** Below `data/`; `{id}` is the parameter of that name, every other parameter goes into the query. */
  readonly path: string;
  /** The key of its answers in the browser's cache: the path, unless one path has two questions. */
  readonly name: string;
  /** Whether every call may change the answer: it is read again when the balance moves. */
  readonly moving: boolean;
  /** Types, which have no value. */
  readonly types?: { answer: Answer; parameters: Parameters };
};

type Options = { moving?: boolean; name?: string };
const endpoint = <Answer, Parameters extends object = None>(
  path: string,
  { moving = false, name = path }: Options = {},
): Endpoint<Answer, Parameters> => ({ path, name, moving });

const MOVING = { moving: true };

export const endpoints = {
  balance: endpoint<BalanceAnswer>("balance", MOVING),
  balanceHistory: endpoint<BalanceHistory, z.input<typeof balanceHistoryQuery>>("balance-history"),
  usage: endpoint<UsageAnswer, z.input<typeof usageQuery>>("usage", MOVING),
  /** An ended period does not change with every call. */
  pastUsage: endpoint<UsageAnswer, z.input<typeof usageQuery>>("usage", { name: "past-usage" }),
  events: endpoint<UsageEventList, z.input<typeof eventsQuery>>("events", MOVING),
  event: endpoint<UsageEventDetail, One>("events/{id}"),
  runs: endpoint<RunList, z.input<typeof runsQuery>>("runs", MOVING),
  run: endpoint<Run, One>("runs/{id}", MOVING),
  costHints: endpoint<CostHints>("cost-hints"),
  runCosts: endpoint<RunCosts, z.input<typeof runCostsQuery>>("run-costs", MOVING),
  transactions: endpoint<TransactionList, z.input<typeof transactionsQuery>>("transactions", MOVING),
  /** The pages below the head of a long list are read once. */
  transactionPages: endpoint<TransactionList, z.input<typeof transactionsQuery>>("transactions", {
    name: "transaction-pages",
  }),
  transaction: endpoint<TransactionDetail, One>("transactions/{id}"),
  grants: endpoint<GrantList>("grants", MOVING),
  keys: endpoint<KeyList>("keys", MOVING),
  key: endpoint<KeyDetail, One>("keys/{id}", MOVING),
  /** Keys without their spending of 30 days: cheap enough to read after every call. */
  keyLimits: endpoint<UnsummedKeyList>("key-limits", MOVING),
  members: endpoint<MemberList>("members"),
  invitations: endpoint<InvitationList>("invitations"),
  organizations: endpoint<MembershipList>("organizations"),
  payments: endpoint<PaymentList, z.input<typeof paymentListQuery>>("payments"),
  payment: endpoint<RefreshedPayment, One>("payments/{id}"),
  paymentReversals: endpoint<PaymentReversals, One>("payments/{id}/returns"),
  audit: endpoint<AuditList, z.input<typeof auditQuery>>("audit"),
  prices: endpoint<PriceList>("prices"),
} as const;

export type ParametersOf<Of> = Of extends Endpoint<infer _Answer, infer Parameters> ? Parameters : never;

/** Only the parameters that have a value. */
export function defined(parameters: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The address that answers, below the organization's own; `organization` is its public id (`org_…`). */
export function endpointAddress<Answer, Parameters extends object>(
  organization: string,
  { path }: Endpoint<Answer, Parameters>,
  parameters: Parameters,
): { pathname: string; search: string } {
  const query = defined(parameters);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = query[name] ?? "";
    delete query[name];
    return encodeURIComponent(value);
  });
  return { pathname: organizationPaths(organization).data(filled), search: new URLSearchParams(query).toString() };
}

/** The prefix of all cache keys of an endpoint. It starts with the organization, so that answers never mix. */
export function answersKey(organization: string, { name }: { name: string }): readonly [string, string] {
  return [organization, name];
}

/** Where the answer to these parameters is kept. */
export function queryKey<Answer, Parameters extends object>(
  organization: string,
  of: Endpoint<Answer, Parameters>,
  parameters: Parameters,
): readonly unknown[] {
  return [...answersKey(organization, of), defined(parameters)];
}
