/** The clawback of a payment's credit for refunded or disputed money, and how much can still be refunded. Pure. */
import { multiplyDivide, multiplyDivideDown } from "@/lib/kernel/money";

/** `amount` is the payment in minor units of the currency, `credit` its credit in those of the unit. */
type Frozen = { amount: bigint; credit: bigint };

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/**
 * The total clawback after `returned` minor units were refunded or are disputed: the same share of
 * the credit, rounded half up, never more than was bought. Of the sum, so that many small refunds take exactly the
 * whole.
 */
export function clawbackTarget({ amount, credit, returned }: Frozen & { returned: bigint }): bigint {
  if (returned <= 0n || amount === 0n) return 0n;
  return multiplyDivide(credit, smaller(returned, amount), amount);
}

/**
 * The most that may still be refunded, in minor units: what the payment's free credit is worth, rounded down, so that
 * the clawback for it never asks for more than is free. `clawed` and `returned` are the earlier clawback and returned
 * money.
 */
export function refundableAmount(payment: Frozen & { returned: bigint; clawed: bigint; free: bigint }): bigint {
  const { amount, credit, returned, clawed, free } = payment;
  if (credit === 0n) return 0n;
  const most = multiplyDivideDown(amount, smaller(clawed + free, credit), credit);
  return most > returned ? most - returned : 0n;
}
