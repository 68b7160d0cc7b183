/** A demo customer's life, lived through in order and by the real verbs, each at its own time. */
import { priceCall } from "@/lib/catalogue/index";
import type { Catalogue, Plan } from "@/lib/catalogue/schema";
import { batch, simulatedLane } from "@/lib/gate/index";
import type { BatchItem, BatchOutcome } from "@/lib/gate/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { parseAmount } from "@/lib/kernel/money";
import { advance, balance } from "@/lib/ledger/index";
import { callTimes, midnightBefore, slots, usualVolume } from "./calendar";
import { type DemoCall, demoCall, type Roll, usedOf } from "./calls";
import type { DemoKey } from "./customer";
import { at, buy, type Offer, replaceCard, type Shopper } from "./shopper";

export type Life = Shopper & {
  plan: Plan | undefined;
  keys: DemoKey[];
  /** Of the usual volume of calls. */
  share: number;
  /** Credit is bought for about so many days. */
  stockDays: number;
  days: number;
  roll: Roll;
  /** The average cost of a call, in minor units. */
  meanCost: bigint;
  /** A purchase that adds at least this credit. */
  offer: (least: bigint) => Offer;
  /** Whether auto top-up is on. */
  automatic: boolean;
  /** The card that the bank declines, until another takes its place. */
  declining: string | undefined;
  /** The available credit of the last answer. */
  available: bigint;
  made: number;
  refused: number;
};

const SECOND_MS = 1_000;
const SAMPLE = 400;
const CHARGED = 0.55;
const REFUNDED = 0.003;
const FAILED = 0.975;
const REFUND_REASONS = ["The answer was empty", "The answer was cut off", "The request was sent twice"];
const FAILURES = ["The upstream model failed", "The upstream model timed out", "The client canceled the call"];
/** Credit is bought when it lasts for fewer hours than this; with auto top-up, only where that is too slow. */
const RESERVE_HOURS = { manual: 48n, automatic: 8n };

export function meanCost(catalogue: Catalogue, plan: Plan | undefined, roll: Roll): bigint {
  let sum = 0n;
  for (let n = 0; n < SAMPLE; n += 1)
    sum += priceCall(catalogue, demoCall(catalogue, { plan, share: 1, count: n }, roll), 0).cost;
  return sum / BigInt(SAMPLE);
}

export function dailySpend({ meanCost: cost, share }: Life, daysAgo: number): bigint {
  return (cost * BigInt(Math.round(usualVolume(daysAgo) * share * 100))) / 100n;
}

function keyAt({ keys, roll }: Life, time: Date): string {
  const alive = keys.filter(({ until }) => !until || time < until);
  let place = roll() * alive.reduce((sum, { weight }) => sum + weight, 0);
  for (const { key, weight } of alive) {
    place -= weight;
    if (place < 0) return key;
  }
  return alive[0]?.key as string;
}

const pick = (texts: readonly string[], roll: Roll) => texts[Math.floor(roll() * texts.length)] as string;

type Draft = { item: BatchItem; end?: (id: string) => BatchItem };

/** One call as a gateway makes it: most are charged, the others held and settled; some fail, a few are refunded. */
function draftOf(life: Life, time: Date, call: DemoCall): Draft {
  const { roll, made } = life;
  life.made += 1;
  const idempotencyKey = `demo:${made}`;
  const body = { ...call, key: keyAt(life, time), idempotencyKey };
  const kind = roll();
  if (kind < REFUNDED) {
    const reason = pick(REFUND_REASONS, roll);
    const resource = { type: "run", id: `run-${made}` };
    return {
      item: { operation: "charge", ...body, resource, occurredAt: time },
      end: (id) => ({ operation: "refund", id, reason, idempotencyKey: `${idempotencyKey}:refund` }),
    };
  }
  if (kind < CHARGED) return { item: { operation: "charge", ...body, occurredAt: time } };
  const item: BatchItem = { operation: "hold", ...body };
  if (kind > FAILED) {
    const reason = pick(FAILURES, roll);
    return { item, end: (id) => ({ operation: "release", id, reason, idempotencyKey: `${idempotencyKey}:end` }) };
  }
  const quantities = usedOf(call, roll);
  const occurredAt = new Date(time.getTime() + SECOND_MS);
  const settle = { operation: "settle", quantities, occurredAt, idempotencyKey: `${idempotencyKey}:end` } as const;
  return { item, end: (id) => ({ ...settle, id }) };
}

/** A limit that was reached or credit that ran out belongs to the life of a customer; anything else is a defect. */
function took(life: Life, outcome: BatchOutcome): { id: string; free: boolean } | undefined {
  if ("error" in outcome) {
    const { error } = outcome;
    if (!(error instanceof TollgateError) || error.status !== 402) throw error;
    life.refused += 1;
    return undefined;
  }
  const { body } = outcome;
  if (!("available" in body) || !("id" in body)) return undefined;
  life.available = parseAmount(body.available, life.catalogue.unit.scale, { signed: true });
  return { id: body.id, free: "transaction" in body && body.transaction === null };
}

async function send({ own }: Life, time: Date, items: BatchItem[]): Promise<BatchOutcome[]> {
  const ctx = { db: own.db, actor: own.actor, now: time, simulatedAt: time, simulated: simulatedLane(own.db, time) };
  return batch(ctx, { items });
}

/** Calls at about the same time: all of them start, then the held ones end. */
export async function play(life: Life, times: readonly Date[], calls: readonly DemoCall[]): Promise<void> {
  const drafts = calls.map((call, n) => draftOf(life, times[n] as Date, call));
  const begun = new Date((times.at(-1) as Date).getTime() + SECOND_MS);
  const ends: BatchItem[] = [];
  const outcomes = await send(
    life,
    begun,
    drafts.map(({ item }) => item),
  );
  for (const [n, outcome] of outcomes.entries()) {
    const done = took(life, outcome);
    const end = done && drafts[n]?.end;
    if (end && !done.free) ends.push(end(done.id));
  }
  if (ends.length === 0) return;
  for (const outcome of await send(life, new Date(begun.getTime() + 3 * SECOND_MS), ends)) took(life, outcome);
}

/** Another card takes the place of the one that the bank declines. */
export async function renewCard(life: Life, time: Date): Promise<void> {
  if (life.declining === undefined) return;
  await replaceCard(life, time, life.declining);
  life.declining = undefined;
}

/** Buys credit before it runs out; `least` is the credit that must always be there. */
export async function keepStocked(life: Life, time: Date, daysAgo: number, least = 0n): Promise<void> {
  const spend = dailySpend(life, daysAgo);
  const reserve = (spend * RESERVE_HOURS[life.automatic ? "automatic" : "manual"]) / 24n;
  const wanted = least > reserve ? least : reserve;
  for (let n = 0; life.available < wanted; n += 1) {
    const stock = spend * BigInt(life.stockDays);
    const missing = wanted - life.available;
    const offer = life.offer(missing > stock ? missing : stock);
    const then = new Date(time.getTime() - 600 * SECOND_MS + n * 90 * SECOND_MS);
    await renewCard(life, then);
    await buy(life, then, offer);
    await look(life, then);
  }
}

/** The organization's credit, read by the operator, for a life without calls. */
export async function look(life: Life, now: Date): Promise<void> {
  life.available = (await balance(at(life.own, now))).available;
}

/** What happens by itself until a time: plans are renewed, and auto top-up buys. */
async function follow(life: Life, time: Date): Promise<void> {
  const { own, provider } = life;
  const news = await provider.moveTo(own.db, time);
  const bought = life.automatic && (await provider.topUpDue(own.db, time));
  if (bought) await provider.moveTo(own.db, time);
  if (news || bought) await look(life, time);
}

/** Events of a morning besides calls, by the number of days before today. */
export type Mornings = (daysAgo: number, midnight: Date) => Promise<void>;

/** Lives from its first day until a time, calling `mornings` at each midnight and `onDay` at each evening. */
export async function live(life: Life, now: Date, until: Date, mornings: Mornings, onDay: () => void): Promise<void> {
  const { own, roll, share, days } = life;
  for (let daysAgo = days; daysAgo >= 0; daysAgo -= 1) {
    const midnight = midnightBefore(now, daysAgo);
    const morning = midnight > own.now ? midnight : own.now;
    await advance(own, own.organizationId, morning);
    await mornings(daysAgo, morning);
    const times = callTimes(midnight, daysAgo, share, roll).filter((time) => time > own.now && time < until);
    for (const slot of slots(times, daysAgo)) {
      await follow(life, slot[0] as Date);
      await keepStocked(life, slot[0] as Date, daysAgo);
      const { catalogue, plan, made } = life;
      const moment = { plan, share: 1 - daysAgo / 365 };
      const calls = slot.map((_, n) => demoCall(catalogue, { ...moment, count: made + n }, roll));
      await play(life, slot, calls);
    }
    onDay();
  }
}
