import { describe, expect, it } from "vitest";
import { presetNames, readCatalogue } from "@/lib/catalogue/load";
import { formatMinor } from "@/lib/kernel/minor-units";
import { priceTopUp } from "./price-top-up";

const presets = await Promise.all(
  (await presetNames()).map(async (name) => ({ name, catalogue: await readCatalogue(name) })),
);

describe("a payment for credit", () => {
  it.each(presets)("has a noun and what was bought, not the words of a button: $name", ({ catalogue }) => {
    const { labels, packs, topUp, payment } = catalogue;
    const sold = { catalogue, version: 1 };
    const bought = [
      ...packs.map(({ id }) => priceTopUp(sold, { pack: id })),
      ...(topUp ? [priceTopUp(sold, { amount: formatMinor(topUp.minimumMinor, payment.digits) })] : []),
    ];
    expect(bought.length).toBeGreaterThan(0);
    for (const { description } of bought) {
      expect(description.startsWith(`${labels.bought}: `), description).toBe(true);
      expect(description).not.toMatch(/^(?:purchase|add|top up|buy)\b/i);
    }
  });
});
