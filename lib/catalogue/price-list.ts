import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import type { Catalogue, Component, Option, Plan, Price } from "./compiled";
import { isExtra } from "./extra";
import { whatBuys } from "./level";
import { currentCatalogue } from "./live";
import { planPrice } from "./price";
import type { ListedPrice, PriceList } from "./price-list-schema";
import { examplePurchase, mostFor, type Purchase } from "./purchase";
import type { CatalogueVersion } from "./store";

/** What each price is listed with. */
type Beside = { scale: number; discounting: readonly Plan[]; purchase: Purchase | null };

function optionAnswer(name: string, option: Option): ListedPrice["options"][number] {
  const values = option.type === "choice" ? [...option.values] : null;
  return { name, label: option.label, type: option.type, values, default: option.default };
}

function discountedAnswer({ amount }: Component, { scale, discounting }: Beside): Record<string, string> {
  const amounts = discounting.map(({ id, discountPercent }) => [
    id,
    formatAmount(planPrice(amount, discountPercent), scale),
  ]);
  return Object.fromEntries(amounts);
}

function lineAnswer(price: Price, component: Component, beside: Beside): ListedPrice["lines"][number] {
  const { meter, amount, per, when, total, period, label, phrase } = component;
  const extra = isExtra(price, component);
  const buys = extra || beside.purchase === null ? null : mostFor(beside.purchase.credit, component);
  return {
    meter,
    unitAmount: formatAmount(amount, beside.scale),
    per: jsonCount(per),
    ...(when === undefined ? {} : { when }),
    ...(total === undefined ? {} : { whenTotal: total.shown }),
    ...(period === undefined ? {} : { whenPeriod: period }),
    ...(label === undefined ? {} : { label }),
    ...(phrase === undefined ? {} : { phrase }),
    extra,
    ...(beside.discounting.length === 0 ? {} : { discounted: discountedAnswer(component, beside) }),
    ...(buys === null ? {} : { buys: jsonCount(buys) }),
  };
}

function priceAnswer(price: Price, beside: Beside): ListedPrice {
  const { endpoint, model, aliases, label, provider, billable } = price;
  return {
    endpoint,
    model,
    aliases: [...aliases],
    label,
    provider,
    billable,
    lines: price.components.map((component) => lineAnswer(price, component, beside)),
    options: [...price.options].map(([name, option]) => optionAnswer(name, option)),
    maxima: Object.fromEntries([...price.maxima].map(([meter, most]) => [meter, jsonCount(most)])),
  };
}

function purchaseAnswer(catalogue: Catalogue, { credit, ...rest }: Purchase): NonNullable<PriceList["purchase"]> {
  const buys = whatBuys(catalogue, credit).map(({ label, exact, about }) => {
    return { label, count: jsonCount(exact), about: jsonCount(BigInt(about)) };
  });
  return { ...rest, credit: formatAmount(credit, catalogue.unit.scale), currency: catalogue.payment.currency, buys };
}

/** The live catalogue's prices. They are public: every reader gets the same. */
export function priceList(): PriceList {
  return listPrices(currentCatalogue());
}

/** A catalogue's prices, in the order of its file. */
export function listPrices({ catalogue, version }: Pick<CatalogueVersion, "catalogue" | "version">): PriceList {
  const { code, scale } = catalogue.unit;
  const discounting = catalogue.plans.filter(({ discountPercent }) => discountPercent > 0);
  const purchase = examplePurchase(catalogue);
  return {
    unit: code,
    version,
    periods: catalogue.periods,
    discounts: discounting.map(({ id, name, discountPercent }) => ({ plan: id, name, percent: discountPercent })),
    purchase: purchase && purchaseAnswer(catalogue, purchase),
    prices: catalogue.prices.map((price) => priceAnswer(price, { scale, discounting, purchase })),
  };
}
