import { LOCALE } from "@/components/locale";
import { formatMinor } from "@/lib/kernel/minor-units";
import type { PlanList } from "@/lib/plans/schema";

const whole = new Intl.NumberFormat(LOCALE);

/** Minor units as money that is paid: "5000" is $50.00, of yen ¥5,000. */
export function printMinor(amount: string | bigint, { symbol, digits }: Pick<PlanList, "symbol" | "digits">): string {
  const [integer = "0", fraction] = formatMinor(BigInt(amount), digits).split(".");
  return `${symbol}${whole.format(BigInt(integer))}${fraction ? `.${fraction}` : ""}`;
}
