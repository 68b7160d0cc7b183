/** What usage that comes after its hold has expired must do to the reference model. */
import { planPrice } from "@/lib/catalogue";
import type { Answer, Hold } from "./parts";
import { free, isPlan, min, positive, type Reference, restOf, sum } from "./reference";

export type LateAnswer = Answer & { owed: bigint; unfunded: bigint };
export type Late = {
  price: bigint;
  /** Charge beyond the ceiling. */
  actual: boolean;
  /** What credit does not pay is owed; else it stays unfunded, and PAYG's limit holds. */
  owed: boolean;
};

/** No limit of a key or member stops it, because the call did run; it counts where its hold did. */
export function chargeLate(model: Reference, hold: Hold, { price, actual, owed: owes }: Late): LateAnswer {
  if (hold.state !== "expired" || hold.late) return { ...model.answer("ended", {}), owed: 0n, unfunded: 0n };
  model.advance();
  const discounted = planPrice(price, hold.discount);
  const ofPlan = sum(model.live().filter(isPlan).map(free));
  const ofOthers = sum(model.live().map(free)) - ofPlan;
  const plan = [ofPlan, discounted, ...(actual ? [] : [hold.ceiling])].reduce(min);
  const whole = restOf(price, discounted, plan);
  const rest = actual ? whole : min(whole, hold.ceiling - plan);
  const payg = owes ? null : model.paygRoom();
  const prepaid = payg === "off" ? 0n : [rest, ofOthers, ...(payg === null ? [] : [positive(payg)])].reduce(min);
  const owed = owes ? rest - prepaid : 0n;
  const parts = [
    ...model.burn(plan, isPlan, "remaining"),
    ...model.burn(prepaid, (grant) => !isPlan(grant), "remaining"),
    ...(owed > 0n ? [{ grant: null, amount: owed }] : []),
  ];
  model.debt += owed;
  const cost = plan + prepaid + owed;
  hold.late = true;
  hold.key?.moves.push({ at: hold.openedAt, held: 0n, spent: cost, owner: hold.owner });
  const cycle = model.subscription;
  if (cycle && hold.cycle === cycle.cycle) cycle.spent += cost - plan;
  const call = { hold, key: hold.key, owner: hold.owner, at: hold.openedAt };
  const answer = model.record(call, cost, plan, parts, { waived: whole - rest });
  return { ...answer, owed, unfunded: rest - prepaid - owed };
}
