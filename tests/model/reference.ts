/**
 * What one organization's ledger must do, said as plainly as possible: whole objects, no SQL, no batching, no counters
 * where a sum will do. Times are milliseconds; amounts are the unit's steps. `offset` is the time zone's, in minutes.
 */
import { planPrice } from "@/lib/catalogue";
import { multiplyDivide } from "@/lib/kernel/money";
import { cycleStart, monthLater, windowsOf } from "./calendar";
import type { Answer, Grant, Hold, Key, Kind, Member, Paid, Part, Plan, Subscription } from "./parts";

const KINDS: Kind[] = ["plan", "promotional", "purchased", "adjustment"];
const NEVER = Number.POSITIVE_INFINITY;
export const min = (a: bigint, b: bigint) => (a < b ? a : b);
export const positive = (a: bigint) => (a > 0n ? a : 0n);
export const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
export const free = (grant: Grant) => grant.remaining - grant.held;
export const isPlan = (grant: Grant) => grant.kind === "plan";

/** What is left to pay at the standard rate when the plan has paid `paid` at its own. */
export function restOf(price: bigint, discounted: bigint, paid: bigint): bigint {
  return paid === 0n ? price : multiplyDivide(price, discounted - paid, discounted);
}

export class Reference {
  readonly grants: Grant[] = [];
  readonly holds: Hold[] = [];
  readonly paid: Paid[] = [];
  debt = 0n;
  /** How many transactions there are. */
  seq = 0n;
  subscription: Subscription | null = null;
  now: number;

  constructor(
    start: number,
    readonly offset: number,
    readonly keys: Key[] = [],
  ) {
    this.now = start;
  }

  private dead = (grant: Grant) => grant.expiresAt !== null && grant.expiresAt <= this.now;

  /** Credit that can be spent, in burn order. */
  live(): Grant[] {
    return this.grants
      .filter((grant) => !this.dead(grant))
      .sort(
        (a, b) =>
          Number(!isPlan(a)) - Number(!isPlan(b)) ||
          a.priority - b.priority ||
          (a.expiresAt === b.expiresAt ? 0 : (a.expiresAt ?? NEVER) - (b.expiresAt ?? NEVER)) ||
          KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
          a.createdAt - b.createdAt,
      );
  }

  available(): bigint {
    return sum(this.live().map(free)) - this.debt;
  }

  /** Takes at most `amount` from the grants that `of` accepts; answers what was taken from which. */
  burn(amount: bigint, of: (grant: Grant) => boolean, how: "held" | "remaining"): Part[] {
    const parts: Part[] = [];
    for (const grant of this.live().filter(of)) {
      const take = min(amount, free(grant));
      if (take === 0n) continue;
      if (how === "held") grant.held += take;
      else grant.remaining -= take;
      amount -= take;
      parts.push({ grant, amount: take });
    }
    return parts;
  }

  /** What limits still allow now; what is held counts as spent, on the day on which the call was opened. */
  private room(of: Parameters<typeof windowsOf>[0]): bigint | null {
    const rooms = windowsOf(of, this.now, this.offset).flatMap(({ limit, held, spent }) =>
      limit === undefined ? [] : [limit - held - spent],
    );
    return rooms.length === 0 ? null : rooms.reduce(min);
  }

  /** What a member's keys did while they were theirs. */
  spendingOf(member: Member) {
    const moves = this.keys.flatMap((key) => key.moves).filter(({ owner }) => owner === member);
    return { limits: member.limits, moves };
  }

  paygRoom(): bigint | "off" | null {
    const plan = this.subscription;
    if (!plan) return null;
    if (plan.mode === "toggle" && (!plan.enabled || plan.limit === 0n)) return "off";
    return plan.limit === null ? null : plan.limit - plan.spent - plan.held;
  }

  /** Due expiries and renewals, before anything is decided. */
  advance(): void {
    const due = this.grants.filter((grant) => this.dead(grant) && free(grant) > 0n);
    for (const grant of due) {
      grant.remaining = grant.held;
      this.seq += 1n;
    }
    const plan = this.subscription;
    if (!plan?.free || plan.end > this.now) return;
    while (plan.end <= this.now) {
      plan.cycle += 1;
      plan.start = plan.end;
      plan.end = cycleStart(plan.anchor, plan.cycle + 1, this.offset);
    }
    plan.spent = 0n;
    plan.held = 0n;
    if (plan.allowance > 0n) this.give("plan", plan.allowance, 0, plan.end);
  }

  give(kind: Kind, amount: bigint, priority: number, expiresAt: number | null): void {
    const paid = min(this.debt, amount);
    this.debt -= paid;
    const createdAt = this.now;
    this.grants.push({ kind, amount, remaining: amount - paid, held: 0n, priority, expiresAt, createdAt });
    this.seq += 1n;
  }

  subscribe(plan: Plan): void {
    const end = cycleStart(this.now, 1, this.offset);
    const counters = { enabled: false, limit: null, spent: 0n, held: 0n, cycle: 0 };
    this.subscription = { ...plan, ...counters, anchor: this.now, start: this.now, end };
    if (plan.allowance > 0n) this.give("plan", plan.allowance, 0, end);
  }

  /** A hold (`expiresIn` seconds) or, without it, a charge. */
  open(key: Key | null, price: bigint, expiresIn: number | null): Answer {
    const discount = this.subscription?.discount ?? 0;
    const discounted = planPrice(price, discount);
    const planFree = sum(this.live().filter(isPlan).map(free));
    // Debt is owed out of whatever is free, the plan's credit first.
    const plan = min(positive(planFree - this.debt), discounted);
    const rest = restOf(price, discounted, plan);
    const total = plan + rest;
    const keyRoom = key && this.room(key);
    const owner = key?.owner ?? null;
    const memberRoom = owner && this.room(this.spendingOf(owner));
    const payg = this.paygRoom();
    const prepaid = this.available() - positive(planFree - this.debt);
    const refused = (code: string) => this.answer(code, { amount: total });
    if (keyRoom !== null && total > 0n && total > keyRoom) return refused("key_limit_exceeded");
    if (memberRoom !== null && total > 0n && total > memberRoom) return refused("member_limit_exceeded");
    if (rest > 0n && payg === "off") return refused("payg_disabled");
    if (rest > 0n && payg !== null && payg !== "off" && rest > payg) return refused("payg_limit_reached");
    if (rest > 0n && rest > prepaid) return refused("insufficient");
    const how = expiresIn === null ? "remaining" : "held";
    const parts = [...this.burn(plan, isPlan, how), ...this.burn(rest, (grant) => !isPlan(grant), how)];
    const held = expiresIn === null ? 0n : total;
    key?.moves.push({ at: this.now, held, spent: total - held, owner });
    if (this.subscription) this.subscription[expiresIn === null ? "spent" : "held"] += rest;
    if (expiresIn === null) return this.record({ hold: null, key, owner, at: this.now }, total, plan, parts, {});
    const expiresAt = this.now + expiresIn * 1_000;
    const cycle = this.subscription?.cycle ?? null;
    const terms = { key, owner, openedAt: this.now, expiresAt, ceiling: total, ceilingPlan: plan, discount, cycle };
    this.holds.push({ state: "open", late: false, parts, ...terms });
    return this.answer("ok", { amount: total, plan, expiresAt });
  }

  /** Usage that nobody can tell costs the ceiling, whatever part of it the plan reserved. */
  settleUnknown(hold: Hold): Answer {
    return this.settle(hold, hold.ceiling, false, hold.ceiling);
  }

  settle(hold: Hold, price: bigint, actual: boolean, discounted = planPrice(price, hold.discount)): Answer {
    if (hold.state !== "open") return this.answer("ended", {});
    let plan = min(hold.ceilingPlan, discounted);
    const total = plan + restOf(price, discounted, plan);
    let rest = min(total - plan, hold.ceiling - hold.ceilingPlan);
    const rooms = [hold.key && this.room(hold.key), hold.owner && this.room(this.spendingOf(hold.owner))];
    const payg = this.paygRoom();
    const parts = this.end(hold, "settled", plan, rest);
    if (actual && total > plan + rest) {
      const limited = rooms.flatMap((room) => (room === null ? [] : [positive(room)]));
      const room = [total - plan - rest, ...limited].reduce(min);
      const extraPlan = this.burn(room, isPlan, "remaining");
      plan += sum(extraPlan.map((part) => part.amount));
      const left = room - sum(extraPlan.map((part) => part.amount));
      const prepaid = payg === null ? left : payg === "off" ? 0n : min(left, positive(payg));
      const extra = this.burn(prepaid, (grant) => !isPlan(grant), "remaining");
      rest += prepaid;
      const owed = prepaid - sum(extra.map((part) => part.amount));
      this.debt += owed;
      parts.push(...extraPlan, ...extra, ...(owed > 0n ? [{ grant: null, amount: owed }] : []));
    }
    const cost = plan + rest;
    hold.key?.moves.push({ at: hold.openedAt, held: 0n, spent: cost, owner: hold.owner });
    const cycle = this.subscription;
    if (cycle && hold.cycle === cycle.cycle) cycle.spent += rest;
    const released = positive(hold.ceiling - cost);
    const call = { hold, key: hold.key, owner: hold.owner, at: hold.openedAt };
    return this.record(call, cost, plan, parts, { released, waived: total - cost });
  }

  release(hold: Hold): Answer {
    if (hold.state !== "open") return this.answer("ended", {});
    this.end(hold, "released", 0n, 0n);
    return this.answer("ok", { released: hold.ceiling });
  }

  /** Ends holds that are past their expiry. */
  sweep(): void {
    const due = this.holds.filter((hold) => hold.state === "open" && hold.expiresAt <= this.now);
    for (const hold of due) this.end(hold, "expired", 0n, 0n);
    this.payDebt();
  }

  /** Gives a hold back to its grants, less what is taken of its plan part and of its prepaid part. */
  private end(hold: Hold, state: Hold["state"], plan: bigint, rest: bigint): Part[] {
    hold.state = state;
    hold.key?.moves.push({ at: hold.openedAt, held: -hold.ceiling, spent: 0n, owner: hold.owner });
    const cycle = this.subscription;
    if (cycle && hold.cycle === cycle.cycle) cycle.held -= hold.ceiling - hold.ceilingPlan;
    return hold.parts.flatMap(({ grant, amount }) => {
      if (!grant) return [];
      const take = min(amount, isPlan(grant) ? plan : rest);
      if (isPlan(grant)) plan -= take;
      else rest -= take;
      grant.held -= amount;
      grant.remaining -= take;
      return take > 0n ? [{ grant, amount: take }] : [];
    });
  }

  /** Credit that holds gave back pays debt as soon as it is there. */
  payDebt(): void {
    const parts = this.burn(this.debt, () => true, "remaining");
    if (parts.length === 0) return;
    this.debt -= sum(parts.map((part) => part.amount));
    this.seq += 1n;
  }

  /** Gives `amount` of a call back (null: all that is left): debt first, then its grants, the last taken first. */
  refund(call: Paid, amount: bigint | null): Answer {
    const left = call.cost - call.refunded;
    if (left === 0n) return this.answer("nothing_left", {});
    if (amount !== null && amount > left) return this.answer("too_much", {});
    const whole = amount ?? left;
    const owed = min(this.debt, whole);
    this.debt -= owed;
    let skip = call.refunded + owed;
    let back = whole - owed;
    let plan = 0n;
    let lost = 0n;
    for (const part of [...call.parts].reverse()) {
      const take = min(back, positive(part.amount - skip));
      skip = positive(skip - part.amount);
      back -= take;
      if (!part.grant || this.dead(part.grant)) lost += take;
      else {
        part.grant.remaining += take;
        if (isPlan(part.grant)) plan += take;
      }
    }
    const cycle = this.subscription;
    const expiresAt = cycle && cycle.end > this.now ? cycle.end : monthLater(this.now);
    const adjustment = { kind: "adjustment" as const, amount: lost, remaining: lost, held: 0n, priority: 0 };
    if (lost > 0n) this.grants.push({ ...adjustment, expiresAt, createdAt: this.now });
    call.refunded += whole;
    call.key?.moves.push({ at: call.at, held: 0n, spent: -whole, owner: call.owner });
    const counted = call.hold ? call.hold.cycle === cycle?.cycle : cycle !== null && call.at >= cycle.start;
    if (cycle && counted) cycle.spent = positive(cycle.spent - (whole - plan));
    this.seq += 1n;
    return this.answer("ok", { amount: whole, plan, seq: this.seq });
  }

  record(
    call: Pick<Paid, "hold" | "key" | "owner" | "at">,
    cost: bigint,
    plan: bigint,
    parts: Part[],
    more: Partial<Answer>,
  ): Answer {
    this.paid.push({ ...call, cost, refunded: 0n, parts });
    if (cost > 0n) this.seq += 1n;
    return this.answer("ok", { amount: cost, plan, seq: cost > 0n ? this.seq : 0n, ...more });
  }

  answer(code: string, more: Partial<Answer>): Answer {
    const nothing = { amount: 0n, plan: 0n, released: 0n, waived: 0n, expiresAt: 0, seq: 0n };
    return { code, ...nothing, available: this.available(), ...more };
  }
}
