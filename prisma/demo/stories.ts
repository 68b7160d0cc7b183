/** The demo's two customers: one that is well stocked after a year, and one whose credit is nearly used up. */
import { priceCall } from "@/lib/catalogue/index";
import type { Catalogue } from "@/lib/catalogue/schema";
import { floorSignificant } from "@/lib/kernel/money";
import { balance } from "@/lib/ledger/index";
import type { InstallationContext } from "@/lib/platform/context";
import { midnightBefore, usualVolume } from "./calendar";
import { type DemoCall, demoCall, dice } from "./calls";
import { addKey, addMember, type Customer, type DemoKey, endKey, limitMonth, openCustomer } from "./customer";
import { at, keepStocked, type Life, live, type Mornings, meanCost, play } from "./life";
import { fittingPlan, give, offerOf, startPlan } from "./purchases";

const MINUTE_MS = 60_000;
/** The credit that must be left at the end, for a replay of twenty thousand more calls on the demo. */
const COVER = { currency: 140n, credits: 12_000n, tokens: 27_000_000n } as const;
const COVER_DAY = 6;
/** The chosen plan starts some days after the opening of the organization. */
const PLAN_DAYS_LATER = 11;
const MONTH = 30n;
/** The second customer's part of the usual volume, and how it uses up its credit. */
const SHARE = 0.2;
const DRAINS = 6;
const DRAIN_MS = 35 * MINUTE_MS;
const TOGETHER = 10;

type StoryOptions = { catalogue: Catalogue; days: number; signIn: string; onDay: () => void };
type Lived = { since: Date; organization: string; key: string; made: number; refused: number };

const scaled = (amount: bigint, { unit }: Catalogue) => amount * 10n ** BigInt(unit.scale);

function begin({ own }: Customer, catalogue: Catalogue, keys: DemoKey[], days: number, seed: number): Life {
  const roll = dice(seed);
  const plan = catalogue.planIndex.get(catalogue.defaultPlan ?? "");
  const offer = (least: bigint) => offerOf(catalogue, least);
  const life = {
    own,
    catalogue,
    plan,
    keys,
    share: 1,
    stockDays: 20,
    days,
    roll,
    offer,
    available: 0n,
    made: 0,
    refused: 0,
  };
  return { ...life, meanCost: meanCost(catalogue, undefined, dice(seed + 1)) };
}

/** The organization's credit, read by the operator, for a life without calls. */
async function look(life: Life, now: Date): Promise<void> {
  life.available = (await balance(at(life.own, now))).available;
}

async function keysOf({ own }: Customer, ownerId: string, revokedAt: Date): Promise<DemoKey[]> {
  const old = await addKey(own, "Old integration", 0.35);
  return [
    await addKey(own, "Production", 0.6),
    await addKey(own, "Staging", 0.16),
    await addKey(own, "Mia's laptop", 0.14, ownerId),
    { ...old, until: revokedAt },
  ];
}

/** A year: a plan that renews, credit bought now and then, two gifts, a key that was revoked, and one near its limit. */
export async function liveWell(
  ctx: InstallationContext,
  { catalogue, days, signIn, onDay }: StoryOptions,
): Promise<Lived> {
  const since = midnightBefore(ctx.now, days);
  const customer = await openCustomer({ ...ctx, now: since }, "Demo", "demo");
  const { own } = customer;
  await addMember(own, { email: signIn, name: "Demo", role: "owner" });
  const mia = { email: `mia@${catalogue.name}.example`, name: "Mia Sato", role: "developer" } as const;
  const revokeDay = Math.round(days / 3);
  const keys = await keysOf(customer, await addMember(own, mia), midnightBefore(ctx.now, revokeDay));
  const life = begin(customer, catalogue, keys, days, 7);
  const plan = fittingPlan(catalogue, life.meanCost * BigInt(Math.round(usualVolume(0))) * MONTH);
  const planDay = days - PLAN_DAYS_LATER;
  const gift = life.meanCost * 120n;
  const mornings: Mornings = async (daysAgo, midnight) => {
    if (plan && daysAgo === planDay) {
      await startPlan(at(own, midnight), catalogue, plan);
      life.plan = plan;
    }
    if (daysAgo === revokeDay) await endKey(at(own, midnight), keys.at(-1) as DemoKey);
    if (daysAgo === Math.round(days / 2)) await give(at(own, midnight), gift, "Thanks for your feedback", 20);
    if (daysAgo === 2) await give(at(own, midnight), gift * 4n, "Anniversary credit", 60);
    await look(life, midnight);
    if (daysAgo === COVER_DAY) {
      const least = scaled(COVER[catalogue.unit.kind], catalogue) + life.meanCost * 350n;
      await keepStocked(life, new Date(midnight.getTime() + 9 * 60 * MINUTE_MS), daysAgo, least);
    }
  };
  await live(life, ctx.now, new Date(ctx.now.getTime() - MINUTE_MS), mornings, onDay);
  const [production, staging, laptop] = keys as [DemoKey, DemoKey, DemoKey];
  await limitMonth(at(own, ctx.now), production, 38n);
  await limitMonth(at(own, ctx.now), staging, 71n);
  await limitMonth(at(own, ctx.now), laptop, 93n);
  return { since, organization: customer.id, key: production.key, made: life.made, refused: life.refused };
}

/** Calls that lower the available credit to a target, the cheapest of a roll that still fit. */
function drainingCalls({ catalogue, plan, roll }: Life, excess: bigint): DemoCall[] {
  const calls: DemoCall[] = [];
  let rest = excess;
  for (let tries = 0; tries < 4_000 && rest > 0n; tries += 1) {
    const call = demoCall(catalogue, plan, 1, roll);
    const { cost } = priceCall(catalogue, call, 0);
    if (cost === 0n || cost > rest) continue;
    calls.push(call);
    rest -= cost;
  }
  return calls;
}

async function drain(life: Life, from: Date, excess: bigint): Promise<void> {
  const calls = drainingCalls(life, excess);
  const step = DRAIN_MS / (calls.length + 1);
  const times = calls.map((_, n) => new Date(from.getTime() + Math.floor(n * step)));
  for (let first = 0; first < calls.length; first += TOGETHER) {
    await play(life, times.slice(first, first + TOGETHER), calls.slice(first, first + TOGETHER));
  }
}

/** Some weeks of calls on little credit, which end at the critical level. */
export async function liveLow(
  ctx: InstallationContext,
  { catalogue, days, signIn, onDay }: StoryOptions,
): Promise<Lived> {
  const since = midnightBefore(ctx.now, days);
  const customer = await openCustomer({ ...ctx, now: since }, "Low on credit", "demo-low");
  const { own } = customer;
  await addMember(own, { email: signIn, name: "Demo", role: "owner" });
  const key = await addKey(own, "Production", 1);
  const offer = (least: bigint) => ({ credit: floorSignificant(least, 2), name: "Top-up" });
  const life: Life = { ...begin(customer, catalogue, [key], days, 11), share: SHARE, stockDays: 5, offer };
  const critical = catalogue.levels.at(-2)?.bound ?? life.meanCost * 10n;
  const target = (critical * 62n) / 100n;
  // Before the first call there is nothing that its answer would tell.
  const mornings: Mornings = async (_, midnight) => look(life, midnight);
  const last = new Date(ctx.now.getTime() - 240 * MINUTE_MS);
  await live(life, ctx.now, last, mornings, onDay);
  await look(life, ctx.now);
  await keepStocked(life, last, 0, target);
  // Calls use less than they hold, so this takes some rounds.
  for (let round = 0; round < DRAINS && life.available > target; round += 1) {
    await drain(life, new Date(last.getTime() + round * DRAIN_MS), life.available - target);
  }
  return { since, organization: customer.id, key: key.key, made: life.made, refused: life.refused };
}
