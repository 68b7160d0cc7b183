/** Reading figures of a page as exactly as the API writes them. */
import type { Locator } from "@playwright/test";
import { formatAmount, parseAmount } from "@/lib/kernel/money";

const SCALE = 9;

/** An amount of a page as the API writes it: `−$1,234.50` is `-1234.5`. */
export function decimal(text: string): string {
  const [, sign, whole = "", rest = ""] = /(−?)\$([\d,]+)(?:\.(\d+))?/.exec(text) ?? [];
  const fraction = rest.replace(/0+$/, "");
  return `${sign ? "-" : ""}${whole.replaceAll(",", "")}${fraction && `.${fraction}`}`;
}

export function sum(decimals: readonly string[]): string {
  const steps = decimals.map((one) => parseAmount(one, SCALE, { signed: true }));
  return formatAmount(
    steps.reduce((all, one) => all + one, 0n),
    SCALE,
  );
}

/** The exact amounts within an element, in their order. */
export async function amounts(within: Locator): Promise<string[]> {
  const exact = within.locator("[title*='$']");
  return exact.evaluateAll((all) => all.map((one) => one.getAttribute("title") ?? "")).then((all) => all.map(decimal));
}

/** A table's cells, row by row without its head: the exact figure where there is one, else the text. */
export async function cells(table: Locator): Promise<string[][]> {
  return table.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) =>
      [...row.children].map((cell) => {
        const exact = cell.querySelector("span[title]")?.getAttribute("title");
        return exact ?? (cell as HTMLElement).innerText.trim();
      }),
    ),
  );
}
