/** The demo's calls: what a customer of any catalogue could have asked for, the same at every seeding. */
import type { Catalogue, Price } from "@/lib/catalogue/schema";

/** Numbers from 0 to 1, always the same ones (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one call usually counts of a meter; a meter that is not here counts a few. */
const USUAL: Record<string, [from: number, to: number]> = {
  request: [1, 1],
  input_token: [200, 6_000],
  output_token: [40, 1_200],
  cached_input_token: [0, 3_000],
  cache_write_token: [0, 0],
  byte: [20_000, 900_000],
  page: [0, 6],
  character: [200, 3_000],
  second: [2, 10],
};

export type DemoCall = {
  endpoint: string;
  model: string;
  quantities: Record<string, bigint>;
  options: Record<string, string | boolean>;
  tags: Record<string, string>;
};

function quantitiesOf(price: Price, roll: () => number): Record<string, bigint> {
  const counts: Record<string, bigint> = {};
  for (const [meter, maximum] of price.maxima) {
    if (meter === "request") continue;
    const [from, to] = USUAL[meter] ?? [1, 4];
    // Squared, so that most calls are small and a few are large.
    const count = BigInt(Math.round(from + (to - from) * roll() ** 2));
    if (count > 0n) counts[meter] = count < maximum ? count : maximum;
  }
  return counts;
}

function optionsOf(price: Price, roll: () => number): Record<string, string | boolean> {
  const chosen: Record<string, string | boolean> = {};
  for (const [name, option] of price.options) {
    if (option.type === "boolean") chosen[name] = roll() < 0.3;
    else chosen[name] = option.values[Math.floor(roll() ** 2 * option.values.length)] as string;
  }
  return chosen;
}

const PROJECTS = ["atlas", "beacon", "comet"];

function tagsOf({ tags }: Catalogue, roll: () => number): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const tag of tags.rollup) {
    // A plan may allow one workspace and one agent only.
    const limited = tags.limited.some((name) => name === tag);
    chosen[tag] = PROJECTS[limited ? 0 : Math.floor(roll() ** 2 * PROJECTS.length)] as string;
  }
  for (const tag of tags.logged) chosen[tag] = `${tag}-${Math.floor(roll() * 400)}`;
  return chosen;
}

/** One call; the catalogue's first prices are asked for more often than its last. */
export function demoCall(catalogue: Catalogue, roll: () => number): DemoCall {
  const price = catalogue.prices[Math.floor(roll() ** 1.6 * catalogue.prices.length)] as Price;
  return {
    endpoint: price.endpoint,
    model: price.model,
    quantities: quantitiesOf(price, roll),
    options: optionsOf(price, roll),
    tags: tagsOf(catalogue, roll),
  };
}

/** Times of calls in order: busier by day than by night and on weekdays than at weekends, and growing. */
export function demoTimes(from: Date, to: Date, count: number, roll: () => number): Date[] {
  const span = to.getTime() - from.getTime();
  const times: Date[] = [];
  while (times.length < count) {
    const place = roll() ** 0.8;
    const time = new Date(from.getTime() + Math.floor(place * span));
    const hour = time.getUTCHours();
    const weekend = time.getUTCDay() % 6 === 0;
    const busy = (hour >= 7 && hour < 19 ? 1 : 0.25) * (weekend ? 0.4 : 1);
    if (roll() < busy) times.push(time);
  }
  return times.sort((a, b) => a.getTime() - b.getTime());
}
