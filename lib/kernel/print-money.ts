import { grouped } from "./locale";
import { formatMinor } from "./minor-units";

/** How payment money is written; nothing of it says anything about the unit that balances count. */
export type MoneyFacts = { currency: string; digits: number; symbol: string };

/** "$1,250.00": minor units with all digits of the currency. */
export function printMoney(minor: string | bigint, { digits, symbol }: Pick<MoneyFacts, "digits" | "symbol">): string {
  const [integer = "0", fraction] = formatMinor(BigInt(minor), digits).split(".");
  return `${symbol}${grouped(integer)}${fraction ? `.${fraction}` : ""}`;
}
