/** Routes that operators' own pages promise, in exactly their shapes; each exists where the catalogue says so. */
import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { type Catalogue, priceKey } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, parseAmount } from "@/lib/kernel/money";
import { amountOut, filterText, pageLimit, timeOut } from "@/lib/kernel/wire";
import { balance, purchasedCredits } from "@/lib/ledger";
import { usage } from "@/lib/usage";
import type { UsageAnswer } from "@/lib/usage/schema";
import { subjectOf, subjectQuery } from "../reader";
import { defineRoute } from "../route";

const tag = "Operator's own";
const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
const WEEK_DAYS = 7;

function enabled<Name extends keyof Catalogue["routes"]>(name: Name) {
  const { catalogue } = currentCatalogue();
  const route = catalogue.routes[name];
  if (!route) throw new TollgateError("not_found", "There is no such route.");
  return { catalogue, route: route as NonNullable<Catalogue["routes"][Name]> };
}

/** a ÷ b towards minus infinity; b > 0. */
function floorDivide(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

defineRoute({
  method: "GET",
  path: "/api/user/self",
  offered: ({ routes }) => routes.userSelf !== null,
  tag,
  summary: "Prepaid balance in quota units",
  description: `\`quota\` is the available prepaid credit, rounded down.`,
  auth: "either",
  query: subjectQuery,
  answer: {
    description: "The balance.",
    schema: z
      .strictObject({ success: z.literal(true), data: z.strictObject({ quota: z.int() }) })
      .meta({ id: "UserSelf" }),
  },
  errors: ["not_found"],
  async handler({ context, query }) {
    const { catalogue, route } = enabled("userSelf");
    const of = await subjectOf(context, query);
    const { buckets, debt } = await balance(of.context);
    const prepaid = [buckets.promotional, buckets.purchased, buckets.adjustment];
    const available = prepaid.reduce((sum, bucket) => sum + bucket.remaining - bucket.held, 0n) - debt;
    const quota = floorDivide(available * BigInt(route.quotaPerUnit), 10n ** BigInt(catalogue.unit.scale));
    return { success: true, data: { quota: Number(quota) } };
  },
});

const creditsAnswer = z
  .strictObject({
    balance: amountOut,
    transactions: z.array(
      z.strictObject({
        amount: amountOut,
        type: z.enum(["purchase", "deduction", "refund"]),
        timestamp: timeOut,
        resource: z.record(z.string(), z.string().nullable()).meta({ example: { project: "…", session: "…" } }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "BillingCredits" });

defineRoute({
  method: "GET",
  path: "/api/billing/credits",
  offered: ({ routes }) => routes.billingCredits !== null,
  tag,
  summary: "Purchased credits and their history",
  description: `Purchased credits without plan credits, the latest transaction first.`,
  auth: "either",
  query: subjectQuery.extend({ limit: pageLimit(100, 20), cursor: filterText.optional() }),
  answer: { description: "The balance and one page of its history.", schema: creditsAnswer },
  errors: ["not_found"],
  async handler({ context, query: { limit, cursor, ...named } }) {
    const { catalogue, route } = enabled("billingCredits");
    const of = await subjectOf(context, named);
    const credits = await purchasedCredits(of.context, { limit, cursor });
    const { scale } = catalogue.unit;
    return {
      balance: formatAmount(credits.available, scale),
      transactions: credits.movements.map(({ amount, type, postedAt, resource, tags }) => ({
        amount: formatAmount(amount, scale),
        type,
        timestamp: postedAt.toISOString(),
        resource: Object.fromEntries(
          route.resource.map((name) => [name, tags[name] ?? (resource.type === name ? resource.id : null)]),
        ),
      })),
      nextCursor: credits.nextCursor,
    };
  },
});

const sum = { credits: amountOut, calls: z.int() };
const summaryAnswer = z
  .strictObject({
    totals30d: z.strictObject(sum),
    byProduct: z.array(z.strictObject({ product: z.string(), ...sum })),
    daily7d: z.array(z.strictObject({ date: z.string().meta({ format: "date" }), credits: amountOut })),
  })
  .meta({ id: "UsageSummary" });

const dateOf = (now: Date, daysAhead: number) =>
  new Date(now.getTime() + daysAhead * DAY_MS).toISOString().slice(0, 10);

type Counted = { product: string; date: string; credits: bigint; calls: number };

/** Only billable calls, because free calls have no product. */
function countedOf({ data }: UsageAnswer, catalogue: Catalogue, productOf: ReadonlyMap<string, string>): Counted[] {
  return data.flatMap(({ endpoint = "", model = "", start = "", requests, cost }) => {
    const product = productOf.get(endpoint);
    const billable = catalogue.priceIndex.get(priceKey(endpoint, model))?.billable ?? true;
    if (product === undefined || !billable) return [];
    const credits = parseAmount(cost, catalogue.unit.scale, { signed: true });
    return [{ product, date: start.slice(0, 10), credits, calls: Number(requests) }];
  });
}

function summaryOf(counted: readonly Counted[], products: readonly string[], catalogue: Catalogue, now: Date) {
  const total = (rows: readonly Counted[]) => ({
    credits: formatAmount(
      rows.reduce((all, row) => all + row.credits, 0n),
      catalogue.unit.scale,
    ),
    calls: rows.reduce((all, row) => all + row.calls, 0),
  });
  const days = Array.from({ length: WEEK_DAYS }, (_, index) => dateOf(now, index + 1 - WEEK_DAYS));
  return {
    totals30d: total(counted),
    byProduct: products.map((product) => ({ product, ...total(counted.filter((row) => row.product === product)) })),
    daily7d: days.map((date) => ({ date, credits: total(counted.filter((row) => row.date === date)).credits })),
  };
}

defineRoute({
  method: "POST",
  path: "/v1/credits/projections/usage-summary",
  offered: ({ routes }) => routes.usageSummary !== null,
  tag,
  summary: "30-day totals, by product and by day",
  description: `UTC days including today; zeros where nothing was used or the account does not exist yet.`,
  auth: "either",
  query: subjectQuery,
  body: z.strictObject({}),
  bodyOptional: true,
  answer: { description: "The summary.", schema: summaryAnswer },
  async handler({ context, query }) {
    const { catalogue, route } = enabled("usageSummary");
    const { now } = context;
    const of = await subjectOf(context, query).catch((error: TollgateError) => {
      if (context.actor.type === "gateway" && error.code === "not_found") return undefined;
      throw error;
    });
    const range = { from: dateOf(now, 1 - MONTH_DAYS), to: dateOf(now, 1), timezone: "UTC" };
    const answer =
      of &&
      (await usage(of.context, {
        ...range,
        quantities: false,
        interval: "day",
        groupBy: ["endpoint", "model"],
        key: of.key,
      }));
    const counted = answer ? countedOf(answer, catalogue, route.productOf) : [];
    return summaryOf(counted, route.products, catalogue, now);
  },
});
