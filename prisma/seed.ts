/**
 * Fills an empty database with a demo of its catalogue, through the same verbs as real life: a customer with a plan or
 * credit, two keys, a gateway secret and four weeks of calls. Writes what the database keeps only as hashes, and the
 * sign-in, to the file that DEMO_FACTS names.
 */
import { writeFileSync } from "node:fs";
import { createGatewaySecret, createKey, createOrganization } from "@/lib/accounts/index";
import {
  applyCatalogue,
  readCatalogueText,
  readLiveCatalogue,
  startCatalogue,
  stopCatalogue,
} from "@/lib/catalogue/index";
import type { Catalogue } from "@/lib/catalogue/schema";
import { charge, hold, refund, release, settle } from "@/lib/gate/index";
import { TollgateError } from "@/lib/kernel/errors";
import { parseAmount } from "@/lib/kernel/money";
import { ensurePartitions, grant, setPayg, subscribe } from "@/lib/ledger/index";
import { now } from "@/lib/platform/clock";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { type DemoCall, demoCall, demoTimes, dice } from "./demo-calls";

const DAYS = 28;
const DAY_MS = 86_400_000;
const CALLS = 900;
/** A plan that the customer chose, not the catalogue, starts after some days of paying as they went. */
const PLAN_DAY = 11;
/** Enough of the unit for weeks of calls and a trace of twenty thousand more. */
const CREDIT = { currency: "400", credits: "25000", tokens: "40000000" } as const;

async function prepareCatalogue(ctx: InstallationContext): Promise<Catalogue> {
  if (!(await readLiveCatalogue(ctx.db))) {
    const { text, fileName } = await readCatalogueText(env().CATALOGUE);
    // It prices the demo's past, too.
    await applyCatalogue(ctx, { text, fileName });
  }
  await ensurePartitions(ctx);
  return (await startCatalogue(ctx.db)).catalogue;
}

async function createOwner({ db }: InstallationContext, email: string, organizationId: string): Promise<void> {
  const { rows } = await db.operator.query<{ id: string }>(
    `INSERT INTO "user" (email, name, email_verified) VALUES ($1, 'Demo', now())
     ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING id`,
    [email],
  );
  await db.operator.query(
    "INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, 'owner') ON CONFLICT DO NOTHING",
    [organizationId, rows[0]?.id],
  );
}

/** A plan that takes nothing off the standard prices, where the catalogue starts none by itself. */
async function startPlan(own: Context, catalogue: Catalogue): Promise<void> {
  const plan = catalogue.plans.find(({ discountPercent }) => discountPercent === 0);
  if (!plan || catalogue.defaultPlan !== null) return;
  await subscribe(own, { plan: plan.id, idempotencyKey: "demo" });
  if (catalogue.payg.mode === "toggle") await setPayg(own, { enabled: true, limit: null });
}

const scaled = (call: DemoCall, roll: () => number) =>
  Object.fromEntries(
    Object.entries(call.quantities).map(([meter, count]) => [
      meter,
      meter === "output_token" ? (count * BigInt(20 + Math.floor(roll() * 80))) / 100n : count,
    ]),
  );

/** One call as a gateway makes it: most are charged, some held and settled, a few fail or are given back. */
async function call(
  ctx: InstallationContext,
  at: Date,
  keys: string[],
  input: DemoCall,
  n: number,
  roll: () => number,
) {
  const gate = { ...ctx, now: at, simulatedAt: at };
  const body = { ...input, key: keys[roll() < 0.75 ? 0 : 1] as string, idempotencyKey: `demo:${n}` };
  const later = (seconds: number) => ({ ...gate, simulatedAt: new Date(at.getTime() + seconds * 1_000) });
  const kind = roll();
  if (kind < 0.6) {
    const { id, transaction } = await charge(gate, body);
    if (kind < 0.006 && transaction)
      await refund(later(1), { id, reason: "The answer was empty", idempotencyKey: `demo:${n}:refund` });
    return;
  }
  const { id } = await hold(gate, body);
  const end = later(1 + Math.floor(roll() * 8));
  if (kind > 0.97) await release(end, { id, idempotencyKey: `demo:${n}:release` });
  else await settle(end, { id, quantities: scaled(input, roll), idempotencyKey: `demo:${n}:settle` });
}

/** Lives through the calls in order; what must happen in between happens at its time. */
async function live(ctx: InstallationContext, catalogue: Catalogue, keys: string[], own: Context): Promise<void> {
  const roll = dice(7);
  const planAt = new Date(own.now.getTime() + PLAN_DAY * DAY_MS);
  const until = new Date(ctx.now.getTime() - 60_000);
  let refused = 0;
  let planned = false;
  for (const [n, at] of demoTimes(own.now, until, CALLS, roll).entries()) {
    if (!planned && at > planAt) {
      await startPlan({ ...own, now: planAt }, catalogue);
      planned = true;
    }
    try {
      await call(ctx, at, keys, demoCall(catalogue, roll), n, roll);
    } catch (error) {
      // A limit that was reached or credit that ran out belongs to the life of a customer.
      if (!(error instanceof TollgateError) || error.status !== 402) throw error;
      refused += 1;
    }
  }
  process.stdout.write(`${CALLS - refused} calls of the demo, ${refused} refused\n`);
}

async function seed(): Promise<void> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: now(), db: database() };
  const catalogue = await prepareCatalogue(ctx);
  const start = new Date(ctx.now.getTime() - DAYS * DAY_MS);
  const past = { ...ctx, now: start };
  const { id, organizationId } = await createOrganization(past, { name: "Demo", externalId: "demo" });
  const own: Context = { ...past, organizationId };
  const signIn = `demo@${catalogue.name}.example`;
  await createOwner(ctx, signIn, organizationId);
  const amount = parseAmount(CREDIT[catalogue.unit.kind], catalogue.unit.scale);
  await grant(own, { amount, kind: "purchased", reason: "First top-up", idempotencyKey: "demo" });
  const production = await createKey(own, { name: "Production" });
  const development = await createKey(own, { name: "Development", limits: { month: amount / 4n } });
  const gateway = await createGatewaySecret(past, { name: "Demo gateway" });
  await live(ctx, catalogue, [production.key, development.key], own);
  const facts = { signIn, organization: id, customerKey: production.key, gatewaySecret: gateway.secret };
  const file = process.env.DEMO_FACTS;
  if (file) writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
}

try {
  await seed();
} finally {
  stopCatalogue();
  await closeDatabase();
}
