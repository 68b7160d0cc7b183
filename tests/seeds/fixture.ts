/** A seed's gate in the test's process: its catalogue is live, a gateway calls it, and each test makes its customers. */
import pg from "pg";
import { afterAll, expect } from "vitest";
import { createGatewaySecret, createKey, createOrganization } from "@/lib/accounts";
import type { KeyLimits } from "@/lib/accounts/schema";
import { applyCatalogue, currentCatalogue, readCatalogueText, startCatalogue, stopCatalogue } from "@/lib/catalogue";
import type {
  ChargeAnswer,
  HoldAnswer,
  QuoteAnswer,
  RefundAnswer,
  ReleaseAnswer,
  SettleAnswer,
} from "@/lib/gate/schema";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import { ensurePartitions, grant, setPayg, subscribe, verifyLedger } from "@/lib/ledger";
import type { BalanceAnswer, TransactionDetail, TransactionList } from "@/lib/ledger/schema";
import { database } from "@/lib/platform/db";
import { type Answer, openApi, type Send } from "../setup/http";

export const DAY_MS = 86_400_000;
export const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

export type Customer = { id: string; organizationId: string; key: string; keyId: string };
/** Who pays: a customer by its key, or whatever a gateway may name. */
export type Payer = Customer | { organization: string } | { key: string };
export type Call = {
  endpoint: string;
  model: string;
  quantities?: Record<string, number>;
  options?: Record<string, string | boolean>;
};
type Labels = { tags?: Record<string, string>; resource?: { type: string; id: string }; occurredAt?: string };
type Opening = { name?: string; externalId?: string; timeZone?: string; at?: Date; limits?: KeyLimits };
export type Problem = { type: string; status: number; code: string; detail: string; errors?: { field: string }[] };

const named = (payer: Payer) => ("organization" in payer ? { organization: payer.organization } : { key: payer.key });
const bodyOf = (payer: Payer | undefined, { quantities = {}, ...call }: Call, labels: Labels = {}) => ({
  ...(payer && named(payer)),
  ...call,
  quantities,
  ...labels,
});

/** What the operator does around the gate. Times may lie back, as of an account that is older than the test. */
function operatorOf() {
  const db = database();
  const context = (at = new Date()) => ({ actor: { type: "operator" as const }, now: at, db });
  const of = ({ organizationId }: Customer, at?: Date) => ({ ...context(at), organizationId });
  const steps = (amount: string) => parseAmount(amount, currentCatalogue().catalogue.unit.scale);
  let count = 0;
  return {
    context,
    of,
    steps,
    async customer({ name = "Customer", at = new Date(), limits = {}, ...rest }: Opening = {}): Promise<Customer> {
      const { id, organizationId } = await createOrganization(context(at), { name, ...rest });
      const made = await createKey({ ...context(at), organizationId }, { name: "first", limits });
      return { id, organizationId, key: made.key, keyId: made.id };
    },
    /** Another key of the same organization. */
    async keyOf(customer: Customer, limits: KeyLimits = {}): Promise<Customer> {
      const made = await createKey(of(customer), { name: "another", limits });
      return { ...customer, key: made.key, keyId: made.id };
    },
    async give(customer: Customer, amount: string, kind: "purchased" | "promotional" = "purchased", at?: Date) {
      const reason = "bought for the test";
      return grant(of(customer, at), { amount: steps(amount), kind, reason, idempotencyKey: `give-${count++}` });
    },
    subscribe: (customer: Customer, plan: string, at?: Date) =>
      subscribe(of(customer, at), { plan, idempotencyKey: `plan-${count++}` }),
    /** Plans are bought and changed elsewhere; here the running one ends with what is left of it, and another begins. */
    async changePlan(customer: Customer, plan?: string) {
      const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
      await owner.connect();
      const { organizationId: id } = customer;
      await owner.query("UPDATE subscription SET status = 'ended' WHERE organization_id = $1", [id]);
      await owner.query(
        `SELECT ledger.write_off(organization_id, id, ledger.lock_balance(organization_id, NULL)) FROM "grant"
         WHERE organization_id = $1 AND kind = 'plan' AND live`,
        [id],
      );
      await owner.end();
      if (plan) await subscribe(of(customer), { plan, idempotencyKey: `plan-${count++}` });
    },
    payg: (customer: Customer, enabled: boolean, limit: string | null = null) =>
      setPayg(of(customer), { enabled, limit: limit === null ? null : steps(limit) }),
  };
}

type Post = <T>(path: string, body: unknown, options?: Send) => Promise<Answer<T>>;

/** The gate as a gateway uses it. `held`, `paid`, … expect success; `hold`, `charge` give whatever was answered. */
function gateOf(post: Post) {
  const hold = (payer: Payer, call: Call, labels?: Labels, options?: Send) =>
    post<HoldAnswer>("/v1/holds", bodyOf(payer, call, labels), options);
  const charge = (payer: Payer, call: Call, labels?: Labels, options?: Send) =>
    post<ChargeAnswer>("/v1/charges", bodyOf(payer, call, labels), options);
  const quote = (payer: Payer | undefined, call: Call) => post<QuoteAnswer>("/v1/quotes", bodyOf(payer, call));
  async function done<T>(answer: Promise<Answer<T>>, status = 200): Promise<T> {
    const { status: answered, text, body } = await answer;
    expect(answered, text).toBe(status);
    return body;
  }
  return {
    hold,
    charge,
    quote,
    held: (payer: Payer, call: Call, labels?: Labels) => done(hold(payer, call, labels), 201),
    paid: (payer: Payer, call: Call, labels?: Labels) => done(charge(payer, call, labels), 201),
    quoted: (payer: Payer | undefined, call: Call) => done(quote(payer, call)),
    settled: (id: string, quantities: Record<string, number>) =>
      done(post<SettleAnswer>(`/v1/holds/${id}/settle`, { quantities })),
    released: (id: string) => done(post<ReleaseAnswer>(`/v1/holds/${id}/release`, { reason: "the call failed" })),
    refunded: (id: string, amount?: string) =>
      done(
        post<RefundAnswer>(`/v1/charges/${id}/refund`, { reason: "the operation failed", ...(amount && { amount }) }),
      ),
    /** The quote, the charge of somebody who can pay, and what the balance loses by it, are one figure. */
    async cost(payer: Payer, call: Call): Promise<string> {
      const { cost, affordable } = await done(quote(payer, call));
      expect(affordable).toBe(true);
      expect((await done(charge(payer, call), 201)).cost).toBe(cost);
      return cost;
    },
    /** Sends the calls at once; answers how many were let through and what the others were told. */
    async together(count: number, send: (index: number) => Promise<Answer<unknown>>) {
      const answers = await Promise.all(Array.from({ length: count }, (_, index) => send(index)));
      const refused = answers.filter(({ status }) => status >= 300);
      return { passed: count - refused.length, refused };
    },
  };
}

/** What a customer reads with its own key. */
function readerOf(send: Awaited<ReturnType<typeof openApi>>) {
  async function get<T>({ key }: Customer, path: string): Promise<T> {
    const answer = await send<T>("GET", path, { token: key });
    expect(answer.status, answer.text).toBe(200);
    return answer.body;
  }
  return {
    get,
    balance: (customer: Customer) => get<BalanceAnswer>(customer, "/v1/balance"),
    available: async (customer: Customer) => (await get<BalanceAnswer>(customer, "/v1/balance")).available,
    transactions: async (customer: Customer, query = "") =>
      (await get<TransactionList>(customer, `/v1/transactions${query}`)).data,
    transaction: (customer: Customer, id: string | null) =>
      get<TransactionDetail>(customer, `/v1/transactions/${id ?? "none"}`),
  };
}

/** `const seed = await openSeed("persly")`, once, at the top of its file. */
export async function openSeed(name: string) {
  const send = await openApi(name);
  const operator = operatorOf();
  const db = database();
  const { text, fileName } = await readCatalogueText(name);
  await applyCatalogue(operator.context(), { text, fileName });
  const { catalogue } = await startCatalogue(db);
  // Whatever a page's tests did, every invariant of the ledger holds at their end.
  afterAll(async () => {
    const checks = await verifyLedger(operator.context());
    stopCatalogue();
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
  });
  await ensurePartitions(operator.context(), daysAgo(100));
  const { secret } = await createGatewaySecret(operator.context(), { name: "gateway" });
  let count = 0;
  const post: Post = (path, body, options = {}) =>
    send("POST", path, { token: secret, idempotencyKey: `call-${count++}`, body, ...options });
  const amount = (steps: bigint) => formatAmount(steps, catalogue.unit.scale);
  return { send, post, secret, db, catalogue, amount, ...operator, ...gateOf(post), ...readerOf(send) };
}

export const PROBLEM = { headers: { accept: "application/problem+json" } };

/** A refusal as problem+json with this status and code; answers the problem. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = answer.body as Problem;
  expect(problem).toMatchObject({ status, code });
  return problem;
}

/** A 402 in the operator's own words: these bytes and no others. */
export function expectBytes(answer: Answer<unknown>, text: string): void {
  expect(answer.text).toBe(text);
  expect(answer.status).toBe(402);
  expect(answer.headers.get("content-type")).toBe("application/json");
}
