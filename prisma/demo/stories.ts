/** The demo's customers: one that is well stocked after a year, one that is nearly out of credit, and a new one. */

import { priceCall } from "@/lib/catalogue/index";
import type { Catalogue, Plan } from "@/lib/catalogue/schema";
import { floorSignificant } from "@/lib/kernel/money";
import type { InstallationContext } from "@/lib/platform/context";
import { midnightBefore, usualVolume } from "./calendar";
import { type DemoCall, demoCall, dice } from "./calls";
import { addKey, addMember, type Customer, type DemoKey, endKey, give, limitKey, openCustomer } from "./customer";
import { dailySpend, keepStocked, type Life, live, look, type Mornings, meanCost, play, renewCard } from "./life";
import type { Provider } from "./provider";
import {
  at,
  automate,
  buy,
  changeTo,
  dispute,
  type Offer,
  offerOf,
  offersOf,
  refundPart,
  startDeclining,
  subscribe,
  wasDeclined,
  winDispute,
} from "./shopper";

const MINUTE_MS = 60_000;
/** The credit that must be left at the end, for a replay of twenty thousand more calls on the demo. */
const COVER = { currency: 140n, credits: 12_000n, tokens: 27_000_000n } as const;
const COVER_DAY = 6;
/** The chosen plan starts some days after the opening of the organization, where credit is sold without one. */
const PLAN_DAYS_LATER = 11;
const MONTH = 30n;
/** The days before today on which the customer changes to the plan with a discount, and back. */
const TRIED = { from: 170, until: 125 };
/** A month's plan should be used up before its end, so that the demo shows prepaid credit. */
const PLAN_SHARE = 60n;
/** The second customer's part of the usual volume, and how it uses up its credit. */
const SHARE = 0.2;
const DRAINS = 6;
const DRAIN_MS = 35 * MINUTE_MS;
const TOGETHER = 10;

type StoryOptions = {
  catalogue: Catalogue;
  provider: Provider;
  days: number;
  signIn: string;
  onDay: () => void;
};
type Lived = { since: Date; organization: string; key: string; made: number; refused: number };

const scaled = (amount: bigint, { unit }: Catalogue) => amount * 10n ** BigInt(unit.scale);
const after = (midnight: Date, hours: number) => new Date(midnight.getTime() + hours * 60 * MINUTE_MS);

type Beginning = { customer: Customer; ownerId: string; keys: DemoKey[]; seed: number };

function begin({ catalogue, provider, days }: StoryOptions, { customer, ownerId, keys, seed }: Beginning): Life {
  return {
    ...{ own: customer.own, ownerId, catalogue, provider, keys, days },
    plan: catalogue.planIndex.get(catalogue.defaultPlan ?? ""),
    share: 1,
    stockDays: 12,
    roll: dice(seed),
    meanCost: meanCost(catalogue, undefined, dice(seed + 1)),
    offer: (least: bigint) => offerOf(catalogue, least),
    automatic: false,
    declining: undefined,
    available: 0n,
    made: 0,
    refused: 0,
  };
}

/**
 * The largest plan that takes nothing off the standard prices and that the month's spend uses up. A discount would make
 * the demo's calls cost something else than the price list says.
 */
function fittingPlan(catalogue: Catalogue, month: bigint): Plan | undefined {
  const fits = catalogue.plans.filter(({ discountPercent, free }) => discountPercent === 0 && !free);
  const largest = fits.filter(({ allowance }) => allowance <= (month * PLAN_SHARE) / 100n);
  return largest.at(-1) ?? fits[0];
}

/** The days before today on which something happens besides calls; a shorter demo leaves out what is before it. */
function calendarOf({ days, catalogue }: Pick<Life, "days" | "catalogue">) {
  const plan = catalogue.purchases === "paidPlansOnly" ? days : days - PLAN_DAYS_LATER;
  // Some days after a renewal, so that no other one comes before the card is replaced.
  const renewals = Math.round((plan - 64) / 30.4);
  const declining = plan - Math.round(30.4 * renewals) - 4;
  return {
    plan,
    team: days - PLAN_DAYS_LATER - 1,
    revoked: Math.round(days / 3),
    gift: Math.round(days / 2),
    disputed: declining + 30,
    won: declining + 19,
    automatic: declining + 17,
    declining,
    replaced: declining - 12,
    refunded: declining - 15,
    anniversary: 2,
  };
}

async function team(life: Life, midnight: Date): Promise<void> {
  const { own, catalogue, keys } = life;
  const then = at(own, after(midnight, 9));
  const address = (name: string) => `${name}@${catalogue.name}.example`;
  const mia = await addMember(then, { email: address("mia"), name: "Mia Sato", role: "developer" });
  const jonas = await addMember(then, { email: address("jonas"), name: "Jonas Weber", role: "admin" });
  keys.push(await addKey(then, "Staging", 0.16, jonas), await addKey(then, "Mia's laptop", 0.14, mia));
}

/** A plan with a discount is tried for some months of a long demo; the calls of its last weeks have standard prices. */
async function tryPlan(life: Life, daysAgo: number, midnight: Date, plans: { plan: Plan; larger: Plan }) {
  const { plan, larger } = plans;
  const next = daysAgo === TRIED.from && life.plan === plan ? larger : daysAgo === TRIED.until ? plan : undefined;
  if (!next || next === life.plan) return;
  await changeTo(life, midnight, next);
  life.plan = next;
}

/** What the owner, the bank and the operator do in the year. */
function yearOf(life: Life, now: Date): Mornings {
  const { own, catalogue, keys } = life;
  const { signup } = catalogue;
  const day = calendarOf(life);
  // Free credit that the catalogue gives with the first call is no gift, and where it never expires, no gift does.
  const gifts = signup.when !== "first_call";
  const days = (count: number) => (signup.when === "signup" && signup.expiresAfterDays === null ? null : count);
  // What a person would give: $9, not $9.54793728.
  const gift = floorSignificant(life.meanCost * 120n, 1);
  const month = life.meanCost * BigInt(Math.round(usualVolume(0))) * MONTH;
  const plan = fittingPlan(catalogue, month);
  const larger = catalogue.plans.find(({ discountPercent }) => discountPercent > 0);
  let disputed = "";
  // Small enough that it is soon used up, and no charge of a few cents.
  const small = offersOf(catalogue)[catalogue.packs.length > 0 ? 0 : 1] as Offer;
  return async (daysAgo, midnight) => {
    if (plan && daysAgo === day.plan) {
      await subscribe(life, midnight, plan);
      life.plan = plan;
    }
    if (plan && larger) await tryPlan(life, daysAgo, midnight, { plan, larger });
    if (daysAgo === day.team) await team(life, midnight);
    if (daysAgo === day.revoked) await endKey(at(own, midnight), keys[1] as DemoKey);
    if (gifts && daysAgo === day.gift) await give(at(own, midnight), gift, "Thanks for your feedback", days(20));
    if (gifts && daysAgo === day.anniversary) {
      await give(at(own, midnight), gift * 4n, "Anniversary credit", days(60));
    }
    if (daysAgo === day.disputed) {
      const payment = await buy(life, after(midnight, 9), small);
      disputed = await dispute(life, after(midnight, 11), payment);
    }
    if (daysAgo === day.won && disputed) await winDispute(life, after(midnight, 0.5), disputed);
    if (daysAgo === day.automatic) {
      life.automatic = (await automate(life, midnight, dailySpend(life, daysAgo) * 2n)) !== undefined;
    }
    if (daysAgo === day.declining && life.automatic) life.declining = await startDeclining(life, midnight);
    if (life.declining && (daysAgo <= day.replaced || (await wasDeclined(life, midnight)))) {
      await renewCard(life, midnight);
    }
    if (daysAgo === day.refunded) await refundPart(life, after(midnight, 2), await buy(life, midnight, small));
    await look(life, midnight);
    if (daysAgo === COVER_DAY) {
      const least = scaled(COVER[catalogue.unit.kind], catalogue) + life.meanCost * 350n;
      await keepStocked(life, after(midnightBefore(now, daysAgo), 9), daysAgo, least);
    }
  };
}

/** A year of calls, payments and people, up to now. */
export async function liveWell(ctx: InstallationContext, options: StoryOptions): Promise<Lived> {
  const { days, signIn, onDay } = options;
  const since = midnightBefore(ctx.now, days);
  const customer = await openCustomer({ ...ctx, now: since }, "Demo", "demo");
  const { own } = customer;
  const ownerId = await addMember(own, { email: signIn, name: "Demo", role: "owner" });
  const production = await addKey(own, "Production", 0.6, ownerId);
  const old = await addKey(own, "Old integration", 0.35);
  const keys = [production, { ...old, until: midnightBefore(ctx.now, calendarOf(options).revoked) }];
  const life = begin(options, { customer, ownerId, keys, seed: 7 });
  await live(life, ctx.now, new Date(ctx.now.getTime() - MINUTE_MS), yearOf(life, ctx.now), onDay);
  for (const [key, percent] of [
    [production, 38n],
    [keys[2], 71n],
    [keys[3], 93n],
  ] as const) {
    if (key) await limitKey(at(own, ctx.now), key, percent);
  }
  return { since, organization: customer.id, key: production.key, made: life.made, refused: life.refused };
}

/** Calls that lower the available credit to a target, the cheapest of a roll that still fit. */
function drainingCalls({ catalogue, plan, roll, made }: Life, excess: bigint): DemoCall[] {
  const calls: DemoCall[] = [];
  let rest = excess;
  for (let tries = 0; tries < 4_000 && rest > 0n; tries += 1) {
    const call = demoCall(catalogue, { plan, share: 1, count: made + calls.length }, roll);
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
export async function liveLow(ctx: InstallationContext, options: StoryOptions): Promise<Lived> {
  const { catalogue, days, signIn, onDay } = options;
  const since = midnightBefore(ctx.now, days);
  const customer = await openCustomer({ ...ctx, now: since }, "Low on credit", "demo-low");
  const { own } = customer;
  const ownerId = await addMember(own, { email: signIn, name: "Demo", role: "owner" });
  const key = await addKey(own, "Production", 1, ownerId);
  const life: Life = { ...begin(options, { customer, ownerId, keys: [key], seed: 11 }), share: SHARE, stockDays: 5 };
  const critical = catalogue.levels.at(-2)?.bound ?? life.meanCost * 10n;
  const target = (critical * 62n) / 100n;
  const plan = catalogue.purchases === "paidPlansOnly" ? catalogue.plans.find(({ free }) => !free) : undefined;
  // Before the first call there is nothing that its answer would tell.
  const mornings: Mornings = async (daysAgo, midnight) => {
    if (plan && daysAgo === days) {
      await subscribe(life, midnight, plan);
      life.plan = plan;
    }
    await look(life, midnight);
  };
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

/** An organization of today, without keys and calls. */
export async function openNew(ctx: InstallationContext, { signIn }: StoryOptions): Promise<void> {
  const { own } = await openCustomer(ctx, "Just started", "demo-new");
  await addMember(own, { email: signIn, name: "Demo", role: "owner" });
}
