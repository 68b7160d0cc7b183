/** What a command of the model is: it does the same to the model and to the ledger, and compares what they say. */
import fc from "fast-check";
import { expect } from "vitest";
import type { Operation, Outcome } from "@/lib/gate/operation";
import { windowsOf } from "./calendar";
import type { Key, Member } from "./parts";
import type { Reference } from "./reference";
import type { Subject } from "./subject";

export type Real = {
  subject: Subject;
  keys: Key[];
  members: Member[];
  /** Ids of the model's holds and paid calls, by their place there. */
  holds: string[];
  paid: string[];
  sent: { operation: Operation; outcome: Outcome }[];
};
export type Act = (model: Reference, real: Real, now: Date) => Promise<void>;
export type Command = fc.AsyncCommand<Reference, Real>;

export const SECOND = 1_000;
export const DAY = 86_400 * SECOND;
/** Every command happens later than the one before, mostly a little. */
const later = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1, 7 * SECOND, 400 * SECOND) },
  { weight: 3, arbitrary: fc.constantFrom(3_600 * SECOND, DAY / 2, DAY) },
  { weight: 1, arbitrary: fc.constantFrom(6 * DAY, 6 * DAY, 33 * DAY) },
);

export function command(name: string, input: fc.Arbitrary<Act & { text?: string }>): fc.Arbitrary<Command> {
  return fc.tuple(later, input).map(([wait, act]) => ({
    check: () => true,
    async run(model: Reference, real: Real) {
      model.now += wait;
      const now = new Date(model.now);
      await act(model, real, now);
      expect(await real.subject.state(now)).toEqual(stateOf(model, real));
    },
    toString: () => `+${wait} ${name} ${act.text ?? ""}`,
  }));
}

const shown = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? Number(inner) : inner));
export function does<T>(arbitrary: fc.Arbitrary<T>, act: (input: T) => Act): fc.Arbitrary<Act & { text?: string }> {
  return arbitrary.map((input) => Object.assign(act(input), { text: shown(input) }));
}

function stateOf(model: Reference, { keys, members }: Real): unknown {
  const cycle = model.subscription;
  const used = (of: Parameters<typeof windowsOf>[0]) =>
    windowsOf(of, model.now, model.offset).map(({ held, spent }) => [held.toString(), spent.toString()]);
  return {
    debt: model.debt.toString(),
    seq: model.seq.toString(),
    grants: model.grants.map((grant) => [
      ...[grant.kind, grant.amount.toString(), grant.remaining.toString(), grant.held.toString()],
      grant.expiresAt?.toString() ?? null,
    ]),
    cycle: cycle && [cycle.cycle, cycle.spent, cycle.held, cycle.end].map(String),
    keys: keys.map(used),
    members: members.map((member) => used(model.spendingOf(member))),
  };
}

export const amount = (most: number) => fc.integer({ min: 0, max: most }).map(BigInt);
export const price = fc.oneof({ weight: 1, arbitrary: fc.constant(0n) }, { weight: 9, arbitrary: amount(120) });
/** The latest holds are the likeliest to be drawn, so that most of them are still open. */
export function pick<T>(list: readonly T[], draw: number): [T, number] | undefined {
  const place = list.length - 1 - (draw % Math.max(1, Math.min(list.length, 12)));
  const found = list[place];
  return found === undefined ? undefined : [found, place];
}
