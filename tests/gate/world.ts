/** A catalogue in which a credit costs one credit, customers on it, and both ways to call the gate: verbs and raw operations. */
import pg from "pg";
import { createKey, createOrganization } from "@/lib/accounts";
import { applyCatalogue, planPrice, startCatalogue } from "@/lib/catalogue";
import type { GateContext } from "@/lib/gate";
import type { Operation } from "@/lib/gate/operation";
import { newId, parsePublicId } from "@/lib/kernel/ids";
import type { MemberRole } from "@/lib/kernel/permissions";
import { ensurePartitions, grant, subscribe } from "@/lib/ledger";
import type { Context, PersonContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";

type Terms = { settlement?: "capped" | "actual"; payg?: "toggle" | "always"; signup?: string };

export function catalogueText({ settlement = "capped", payg = "always", signup = "{ when: never }" }: Terms): string {
  return `
name: calls
unit: { code: credits, kind: credits, scale: 0, singular: credit, plural: credits }
payment: { currency: EUR, digits: 2, symbol: € }
operator: { name: Calls, support: support@calls.example }
meters:
  - { name: credit, label: credits }
  - { name: token, label: tokens }
prices:
  - { endpoint: call, model: m, components: [{ meter: credit, amount: "1" }] }
  - { endpoint: tokens, model: m, components: [{ meter: token, amount: "1", per: 1000000 }] }
  - { endpoint: free, model: m, billable: false, uncharged: [credit] }
plans:
  - { id: monthly, name: Monthly, allowance: "100", free: true }
  - { id: discounted, name: Discounted, allowance: "100", price: { monthly: "1.00" }, discountPercent: 20, limits: { agents: 2, members: 3 } }
payg: { mode: ${payg} }
settlement: ${settlement}
signup: ${signup}
levels:
  - { name: normal, above: "10", advice: Continue }
  - { name: critical, advice: Top up }
insufficient: { code: insufficient_credits, message: Not enough credits }
tags: { rollup: [agent], limited: [agent], logged: [run] }
`;
}

export type Customer = { ctx: Context; id: string; organizationId: string };
export type KeyOf = { id: string; key: string; keyId: string };

export async function openWorld(terms: Terms = {}) {
  const ctx: GateContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  await applyCatalogue(ctx, { text: catalogueText(terms), fileName: "calls" });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  return ctx;
}

export async function customer(
  ctx: GateContext,
  { credit = 0n, timeZone = "UTC", plan }: { credit?: bigint; timeZone?: string; plan?: string } = {},
): Promise<Customer> {
  const now = ctx.simulatedAt ?? ctx.now;
  const made = await createOrganization({ ...ctx, now }, { name: "Customer", timeZone });
  const own: Context = { ...ctx, now, organizationId: made.organizationId };
  if (credit > 0n) await grant(own, { amount: credit, kind: "purchased", reason: "test", idempotencyKey: "credit" });
  if (plan) await subscribe(own, { plan, idempotencyKey: "plan" });
  return { ctx: own, ...made };
}

export async function keyOf({ ctx }: Customer, input: Partial<Parameters<typeof createKey>[1]> = {}): Promise<KeyOf> {
  const made = await createKey(ctx, { name: "key", ...input });
  return { ...made, keyId: parsePublicId(made.id, "key")?.id ?? "" };
}

/** A user whose address is verified, in no organization. */
export async function person(ctx: GateContext, email = `${newId()}@people.example`): Promise<PersonContext> {
  const { db, now } = ctx;
  const sql = `INSERT INTO "user" (email, email_verified) VALUES ($1, now()) RETURNING id`;
  const { rows } = await db.operator.query<{ id: string }>(sql, [email]);
  return { db, now, userId: rows[0]?.id ?? "" };
}

export type MemberContext = Context & { actor: { type: "user"; userId: string } };

/** A new member of the customer's, by no verb. */
export async function memberOf({ ctx, organizationId }: Customer, role: MemberRole, email?: string) {
  const { userId } = await person(ctx, email);
  const sql = "INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, $3)";
  await ctx.db.operator.query(sql, [organizationId, userId, role]);
  return { ...ctx, actor: { type: "user", userId, organizationId, role } } satisfies MemberContext;
}

/** The body of a call that costs so many credits; `who` is a customer or one of its keys. */
export function spend(who: { id: string; key?: string }, credits: number | bigint) {
  const payer = who.key === undefined ? { organization: who.id } : { key: who.key };
  return { ...payer, endpoint: "call", model: "m", quantities: { credit: BigInt(credits) } };
}

/** A call as the ledger's function takes it. */
export function operation(
  organizationId: string,
  { discount = 0, ...own }: Partial<Operation> & { discount?: number } = {},
): Operation {
  const price = own.price ?? 1n;
  return {
    kind: "hold",
    organizationId,
    keyId: null,
    generation: 0,
    secretId: null,
    id: newId(),
    idempotencyKey: newId(),
    requestHash: newId(),
    price,
    planPrice: planPrice(price, discount),
    version: 0,
    actual: false,
    expiresInSeconds: 600,
    endpoint: "call",
    model: "m",
    quantities: `{${price}}`,
    options: null,
    tags: null,
    resourceType: null,
    resourceId: null,
    fingerprint: null,
    occurredAt: null,
    catalogueVersion: 1,
    discountPercent: discount,
    limited: null,
    usage: null,
    rollupTags: [],
    ...own,
  };
}

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What became of calls that were made together: the answers, and the codes of the refusals. */
export async function outcomes<T>(calls: Promise<T>[]): Promise<{ answers: T[]; refused: string[] }> {
  const all = await Promise.allSettled(calls);
  return {
    answers: all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    refused: all.flatMap((one) => (one.status === "rejected" ? [codeOf(one.reason)] : [])),
  };
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? String(error);
}

/** The database's owner, whom no policy and no privilege stops. */
export async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  client.on("error", () => {}); // The query that follows says it.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function ownerRows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return asOwner(async (client) => (await client.query<T>(text, values)).rows);
}

/** What an organization has, without any rule of time: remaining and held of its grants, debt, and its holds by state. */
export async function stateOf({ organizationId }: Customer) {
  const [row] = await ownerRows<{ remaining: string; held: string; debt: string; entries: string; holds: string[] }>(
    `SELECT coalesce(sum(g.remaining), 0) AS remaining, coalesce(sum(g.held), 0) AS held,
       (SELECT debt FROM balance WHERE organization_id = $1) AS debt,
       (SELECT coalesce(sum(amount), 0) FROM entry WHERE organization_id = $1) AS entries,
       ARRAY(SELECT state FROM hold WHERE organization_id = $1 ORDER BY id) AS holds
     FROM "grant" g WHERE g.organization_id = $1`,
    [organizationId],
  );
  const number = (text: string | undefined) => Number(text ?? 0);
  return {
    remaining: number(row?.remaining),
    held: number(row?.held),
    debt: number(row?.debt),
    entries: number(row?.entries),
    holds: row?.holds ?? [],
  };
}
