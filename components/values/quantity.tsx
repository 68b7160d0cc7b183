"use client";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { multiplyDivide } from "@/lib/kernel/money";
import { printCount } from "@/lib/kernel/print-amount";

type Props = {
  /** A whole number, as the API writes it. */
  of: number | string;
  /** The meter's name in the catalogue, or "request". */
  meter: string;
  className?: string;
};

const REQUEST = { label: "requests", singular: "request" };

/** A count of a meter with its unit; short above a million, exact when pointed at. */
export function Quantity({ of, meter, className }: Props) {
  const { meters } = useFacts();
  const unit = meters[meter] ?? (meter === "request" ? REQUEST : { label: meter, singular: meter });
  const exact = printCount(of);
  const name = BigInt(of) === 1n ? unit.singular : unit.label;
  return (
    <span title={`${exact} ${name}`} className={cn("whitespace-nowrap tabular-nums", className)}>
      {`${short(BigInt(of)) ?? exact} ${name}`}
    </span>
  );
}

const MILLION = 1_000_000n;
/** "2.31 M", rounded half up to hundredths as amounts are: no float is involved. */
function short(count: bigint): string | undefined {
  if (count < MILLION) return undefined;
  const hundredths = multiplyDivide(count, 100n, MILLION);
  const fraction = (hundredths % 100n).toString().padStart(2, "0").replace(/0+$/, "");
  return `${printCount((hundredths / 100n).toString())}${fraction ? `.${fraction}` : ""} M`;
}
