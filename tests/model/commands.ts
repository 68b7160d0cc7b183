/** The commands that fast-check strings together. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Operation, Outcome } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { type Act, amount, type Command, command, DAY, does, pick, price, type Real, SECOND } from "./command";
import { chargeLate } from "./late";
import type { Answer, Hold, Key, Kind, Limits, Member, Plan } from "./parts";
import type { Reference } from "./reference";
import { answerOf } from "./subject";

const opening = fc.record({
  what: fc.constantFrom("hold" as const, "hold" as const, "charge" as const),
  key: fc.integer({ min: 0, max: 2 }),
  price,
  expiresIn: fc.constantFrom(5, 600, 86_400),
  wrongVersion: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
});
const ending = fc.record({
  what: fc.constantFrom("settle" as const, "settle" as const, "release" as const),
  hold: fc.nat(200),
  price,
  actual: fc.boolean(),
  unknown: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
});
type Drawn = { what: "hold" | "charge" | "settle" | "release" } & Partial<{
  key: number;
  price: bigint;
  expiresIn: number;
  wrongVersion: boolean;
  hold: number;
  actual: boolean;
  unknown: boolean;
}>;
type Ready = { operation: Operation; key: Key | null; hold: Hold | null; drawn: Drawn };

function ready(model: Reference, real: Real, calls: Drawn[], now: Date): Ready[] {
  const seen = new Set<Hold>();
  const crossed = new Set<Key | Member>();
  const version = model.subscription ? 1 : 0;
  const none = { expiresInSeconds: 0, actual: false, version: 0, id: "" };
  return calls.flatMap((drawn): Ready[] => {
    const cost = drawn.price ?? 0n;
    if (drawn.what === "hold" || drawn.what === "charge") {
      const key = real.keys[drawn.key ?? 0] ?? null;
      const keyId = real.subject.keys[drawn.key ?? 0]?.keyId ?? null;
      const discount = model.subscription?.discount ?? 0;
      const terms = { discount, version: drawn.wrongVersion ? 7 : version, expiresInSeconds: drawn.expiresIn ?? 0 };
      const call = { ...none, kind: drawn.what, keyId, price: cost, ...terms };
      return [{ operation: real.subject.operation(call, now), key, hold: null, drawn }];
    }
    const open = model.holds.filter((hold) => hold.state === "open" && !seen.has(hold));
    const [hold] = pick((drawn.hold ?? 0) % 5 === 0 ? model.holds : open, drawn.hold ?? 0) ?? [];
    // Two endings of one hold never meet in a batch: the lane keeps them apart.
    if (!hold || seen.has(hold)) return [];
    seen.add(hold);
    // What an ending of yesterday's hold, or of a former owner's, makes free is counted with the next batch.
    const counted = [hold.key, hold.owner].filter((one) => one !== null);
    if (drawn.actual && counted.some((one) => crossed.has(one))) return [];
    for (const one of counted) crossed.add(one);
    const keyId = real.subject.keys[real.keys.indexOf(hold.key as Key)]?.keyId ?? null;
    const call = {
      ...none,
      kind: drawn.what,
      keyId,
      price: drawn.what === "settle" ? cost : 0n,
      discount: hold.discount,
    };
    const own = { actual: drawn.actual ?? false, id: real.holds[model.holds.indexOf(hold)] ?? "" };
    const unknown = { price: hold.ceiling, planPrice: hold.ceiling, usage: "unknown" as const };
    const operation = real.subject.operation({ ...call, ...own }, now);
    const isUnknown = drawn.what === "settle" && drawn.unknown;
    return [{ operation: { ...operation, ...(isUnknown && unknown) }, key: hold.key, hold, drawn }];
  });
}

function decide(model: Reference, { drawn, key, hold, operation }: Ready): Answer | string {
  if (drawn.what === "settle" && hold) {
    return drawn.unknown ? model.settleUnknown(hold) : model.settle(hold, operation.price, operation.actual);
  }
  if (drawn.what === "release" && hold) return model.release(hold);
  if (drawn.wrongVersion) return "stale";
  return model.open(key, operation.price, drawn.what === "hold" ? (drawn.expiresIn ?? 0) : null);
}

function batch(calls: Drawn[]): Act {
  return async (model, real, now) => {
    let left = ready(model, real, calls, now);
    if (left.length === 0) return;
    model.advance();
    for (let round = 0; left.length > 0; round += 1) {
      const outcomes = await real.subject.run(
        left.map(({ operation }) => operation),
        now,
      );
      const again: Ready[] = [];
      left.forEach((call, i) => {
        const outcome = outcomes[i] as Outcome;
        // Put off: a hold of another day ended in this batch, and only the next one sees what that made free.
        if (outcome.code === "again" && round === 0 && call.key) again.push(call);
        else compare(model, real, call, outcome);
      });
      model.payDebt();
      left = again;
    }
  };
}

function compare(model: Reference, real: Real, call: Ready, outcome: Outcome): void {
  const { operation, drawn } = call;
  const expected = decide(model, call);
  if (typeof expected === "string" || expected.code === "ended") {
    expect(outcome.code).toBe(typeof expected === "string" ? expected : "ended");
    if (call.hold) expect(outcome.detail).toBe(call.hold.state);
    return;
  }
  expect(answerOf(outcome)).toEqual(expected);
  if (outcome.code !== "ok") return;
  real.sent.push({ operation, outcome });
  if (drawn.what === "hold") real.holds.push(outcome.id);
  if (drawn.what === "charge" || drawn.what === "settle") real.paid.push(outcome.id);
}

const again = does(fc.tuple(fc.nat(200), fc.boolean()), ([draw, changed]) => async (model, real, now) => {
  const [known] = pick(real.sent, draw) ?? [];
  if (!known) return;
  // A replay is answered whatever pricing says now; another request under the same key never is.
  const operation = { ...known.operation, price: -1n, ...(changed && { requestHash: known.operation.id }) };
  model.advance();
  const [outcome] = await real.subject.run([operation], now);
  expect(outcome?.code).toBe(changed ? "reused" : "replay");
  if (!changed) expect({ ...outcome, code: "ok", detail: null }).toEqual(known.outcome);
  model.payDebt();
});

const kinds = fc.constantFrom<Kind>("promotional", "purchased", "adjustment");
const life = fc.constantFrom(null, null, 30 * SECOND, 2 * DAY, 20 * DAY);
const give = does(fc.tuple(kinds, amount(300), fc.constantFrom(0, 0, 1), life), (input) => async (model, real, now) => {
  const [kind, more, priority, lives] = input;
  const expiresAt = lives === null ? null : model.now + lives;
  await real.subject.give(now, kind, more + 1n, priority, expiresAt === null ? null : new Date(expiresAt));
  model.give(kind, more + 1n, priority, expiresAt);
});

export const plan: fc.Arbitrary<Plan> = fc.record({
  allowance: amount(250),
  discount: fc.constantFrom(0, 20, 33),
  free: fc.boolean(),
  mode: fc.constantFrom("toggle", "always"),
});
const subscribe = does(plan, (input) => async (model, real, now) => {
  if (model.subscription) return;
  await real.subject.subscribe(now, input);
  model.subscribe(input);
});

const limit = fc.option(amount(200), { freq: 2 });
const setPayg = does(fc.tuple(fc.boolean(), limit), ([enabled, most]) => async (model, real) => {
  if (!model.subscription) return;
  await real.subject.setPayg(enabled, most);
  Object.assign(model.subscription, { enabled, limit: most });
});
const someLimit = fc.option(amount(400), { freq: 1, nil: undefined });
export const limits = fc.record({ total: someLimit, day: someLimit, week: someLimit, month: someLimit });
export async function limitKey(real: Real, place: number, drawn: Limits): Promise<void> {
  const given = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
  await real.subject.setLimits(place, given);
  (real.keys[place] as Key).limits = given;
}
const setLimits = does(fc.tuple(fc.nat(1), limits), ([place, drawn]) => async (_, real) => {
  await limitKey(real, place, drawn);
});

const limitMember = does(fc.tuple(fc.nat(1), limits), ([place, drawn]) => async (_, real) => {
  await real.subject.setMemberLimits(place, drawn);
  (real.members[place] as Member).limits = drawn;
});
/** A key is given to a member, or to nobody; what it spent before and holds stays with who had it. */
const handOver = does(fc.tuple(fc.nat(1), fc.nat(2)), ([key, member]) => async (_, real) => {
  await real.subject.setOwner(key, member);
  (real.keys[key] as Key).owner = real.members[member] ?? null;
});

const refund = does(fc.tuple(fc.nat(200), fc.option(amount(60), { freq: 2 })), (input) => async (model, real, now) => {
  const [call, place] = pick(model.paid, input[0]) ?? [];
  if (!call || place === undefined || input[1] === 0n) return;
  const outcome = await real.subject.refund(now, real.paid[place] ?? "", input[1]);
  const expected = model.refund(call, input[1]);
  if (expected.code === "ok") expect(outcome).toEqual(expected);
  else expect(outcome.code).toBe(expected.code);
});

const sweep: Act = async (model, real, now) => {
  await real.subject.sweep(now);
  model.sweep();
};
const advance: Act = async (model, real, now) => {
  await real.subject.advance(now);
  model.advance();
};

const late = fc.record({ hold: fc.nat(200), price, actual: fc.boolean(), owed: fc.boolean() });
/** Most holds that are drawn have expired without usage. */
const lateUsage = does(late, ({ hold: draw, ...usage }) => async (model, real, now) => {
  await sweep(model, real, now);
  const expired = model.holds.filter(({ state }) => state === "expired");
  const [hold] = pick(draw % 5 === 0 ? model.holds : expired, draw) ?? [];
  if (!hold) return;
  const eventId = newId(now);
  const holdId = real.holds[model.holds.indexOf(hold)] ?? "";
  const outcome = await real.subject.chargeLate(now, { holdId, eventId, discount: hold.discount, ...usage });
  const expected = chargeLate(model, hold, usage);
  if (expected.code !== "ok") return expect(outcome.code).toBe(expected.code);
  expect(outcome).toEqual(expected);
  real.paid.push(eventId);
});

const calls = fc.oneof(opening, ending);
/** Listed by how often each is wanted. */
export const commands = [
  ...Array(7).fill(command("batch", does(fc.array<Drawn>(calls, { minLength: 1, maxLength: 6 }), batch))),
  command("give", give),
  command("give", give),
  command("subscribe", subscribe),
  command("payg", setPayg),
  command("limits", setLimits),
  command("member limits", limitMember),
  command("owner", handOver),
  command("owner", handOver),
  command("refund", refund),
  command("refund", refund),
  command("late usage", lateUsage),
  command("late usage", lateUsage),
  command("replay", again),
  command("sweep", fc.constant(sweep)),
  command("advance", fc.constant(advance)),
] as fc.Arbitrary<Command>[];
