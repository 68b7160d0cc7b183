import { currencyFacts } from "@/lib/kernel/currency";
import { parseCharge, parseMinor } from "@/lib/kernel/minor-units";
import { parseAmount } from "@/lib/kernel/money";
import { printAmount, printDecimal, type UnitFacts } from "@/lib/kernel/print-amount";
import { printMoney } from "@/lib/kernel/print-money";
import type { AutoTopUpOffer } from "@/lib/topup/schema";

/** The typed rule. */
export type RuleText = { threshold: string; amount: string; pack: string; card: string; cap: string };
export type RuleQuote = { threshold: string; price: string; pack: string | null; cap: string | null; now: boolean };

function orNothing(text: string, read: (text: string) => bigint): bigint | undefined {
  try {
    return read(text.trim().replace(/^0+(?=\d)/, ""));
  } catch {
    return undefined;
  }
}

/** Prints money, from a decimal of the payment currency. */
export function printPrice(text: string, { currency }: AutoTopUpOffer): string {
  return printMoney(parseMinor(text, currency.digits), currency);
}

/**
 * What a typed rule will do; nothing while it says nothing complete. `level` is a decimal of the unit, `charged` what the
 * month has taken, in minor units: at its limit nothing is bought now.
 */
export function quoteOf(
  rule: RuleText,
  offer: AutoTopUpOffer,
  level: string,
  unit: UnitFacts,
  charged = 0n,
): RuleQuote | undefined {
  const { currency, packs, by } = offer;
  const threshold = orNothing(rule.threshold, (text) => parseAmount(text, unit.scale));
  const pack = by === "pack" ? packs.find(({ id }) => id === rule.pack) : undefined;
  const price = orNothing(pack?.price ?? (by === "pack" ? "" : rule.amount), (text) =>
    parseCharge(text, currencyFacts(currency.code)),
  );
  if (threshold === undefined || price === undefined) return undefined;
  const cap = rule.cap.trim() === "" ? null : orNothing(rule.cap, (text) => parseMinor(text, currency.digits));
  if (cap === undefined) return undefined;
  return {
    threshold: printAmount(threshold, unit).text,
    price: printMoney(price, currency),
    pack: pack?.name ?? null,
    cap: cap === null ? null : printMoney(cap, currency),
    now: parseAmount(level, unit.scale, { signed: true }) < threshold && (cap === null || charged + price <= cap),
  };
}

/** The purchase of a preset: "$50.00", or the pack's name. */
export function presetLabels(preset: AutoTopUpOffer["presets"][number], offer: AutoTopUpOffer, unit: UnitFacts) {
  const pack = offer.packs.find(({ id }) => id === preset.pack);
  const what = pack?.name ?? printPrice(preset.amount ?? "0", offer);
  return { what, threshold: printDecimal(preset.threshold, unit).text };
}
