import { formatAmount, parseAmount } from "@/lib/kernel/money";
import type { TransactionDetail } from "@/lib/ledger/schema";

export type PriceLine = NonNullable<TransactionDetail["price"]>["lines"][number];
/** The cost of a call, and its difference to the sum of its lines; only the lines are required. */
export type PricedCall = { lines: readonly PriceLine[]; cost?: string; waived?: string; discountPercent?: number };
export type PriceSum = {
  /** The sum of the lines. */
  standard: string;
  /** The plan's discount and the waived amount, as positive decimals; null is none. */
  discount: string | null;
  waived: string | null;
  cost: string;
};

const shown = (steps: bigint, scale: number) => (steps > 0n ? formatAmount(steps, scale) : null);

/** The cost: lines − the plan's discount − the waived amount. A refund's cost is negative. */
export function sumPrice({ lines, cost, waived = "0" }: PricedCall, scale: number): PriceSum {
  const read = (decimal: string) => parseAmount(decimal, scale, { signed: true });
  const standard = lines.reduce((sum, line) => sum + read(line.amount), 0n);
  const forgone = read(waived);
  const given = cost === undefined ? standard - forgone : read(cost);
  const paid = given < 0n ? -given : given;
  return {
    standard: formatAmount(standard, scale),
    discount: shown(standard - forgone - paid, scale),
    waived: shown(forgone, scale),
    cost: formatAmount(paid, scale),
  };
}
