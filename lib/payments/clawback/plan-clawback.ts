/** The clawback of a payment's credit for refunded or disputed money, and how much can still be refunded. Pure. */
import { multiplyDivide, multiplyDivideDown } from "@/lib/kernel/money";

/** `amount` is the payment in minor units of the currency, `credit` its credit in those of the unit. */
type Frozen = { amount: bigint; credit: bigint };

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/**
 * The total clawback after `reversed` minor units were refunded or disputed: the same share of the credit, rounded
 * half up, at most the credit. It is computed from the sum, so that many small refunds take exactly the whole credit.
 */
export function clawbackTarget({ amount, credit, reversed }: Frozen & { reversed: bigint }): bigint {
  if (reversed <= 0n || amount === 0n) return 0n;
  return multiplyDivide(credit, smaller(reversed, amount), amount);
}

/**
 * The most that may still be refunded, in minor units of the currency: the worth of the payment's free credit, rounded
 * down, so that its clawback never exceeds the free credit. `clawed` and `reversed` are the totals so far.
 */
export function refundableAmount(payment: Frozen & { reversed: bigint; clawed: bigint; free: bigint }): bigint {
  const { amount, credit, reversed, clawed, free } = payment;
  if (credit === 0n) return 0n;
  const most = multiplyDivideDown(amount, smaller(clawed + free, credit), credit);
  return most > reversed ? most - reversed : 0n;
}
