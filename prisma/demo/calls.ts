/** The demo's calls: plausible calls of a customer of any catalogue, the same at every seeding. */
import { createHash } from "node:crypto";
import type { Catalogue, Plan, Price } from "@/lib/catalogue/schema";

export type Roll = () => number;

/** Numbers from 0 to 1, always the same ones (mulberry32). */
export function dice(seed: number): Roll {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The usual count of a meter in one call; other meters count a few. */
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
/** How much longer calls are: where money buys single tokens, they are cheap, and calls are as long as an agent's are. */
const LENGTH = { currency: 12, credits: 1, tokens: 3 } as const;

export type DemoCall = {
  endpoint: string;
  model: string;
  quantities: Record<string, bigint>;
  options: Record<string, string | boolean>;
  tags: Record<string, string>;
};

function quantitiesOf(price: Price, size: number, roll: Roll): Record<string, bigint> {
  const counts: Record<string, bigint> = {};
  for (const [meter, maximum] of price.maxima) {
    if (meter === "request") continue;
    const [from, to] = USUAL[meter] ?? [1, 4];
    const times = meter.endsWith("_token") ? size : 1;
    // Squared, so that most calls are small and a few are large.
    const count = BigInt(Math.round((from + (to - from) * roll() ** 2) * times));
    if (count > 0n) counts[meter] = count < maximum ? count : maximum;
  }
  return counts;
}

function optionsOf(price: Price, roll: Roll): Record<string, string | boolean> {
  const chosen: Record<string, string | boolean> = {};
  for (const [name, option] of price.options) {
    if (option.type === "boolean") chosen[name] = roll() < 0.3;
    else chosen[name] = option.values[Math.floor(roll() ** 2 * option.values.length)] as string;
  }
  return chosen;
}

const VALUES: Record<string, readonly string[]> = {
  project: ["atlas", "beacon", "comet", "delta"],
  workspace: ["marketing", "product", "events"],
  agent: ["storyboard", "thumbnails", "voice-over", "subtitles", "trailers"],
};

/** A plan may allow only so many workspaces and agents; without a plan there is no limit. */
function valuesOf(tag: string, { tags }: Catalogue, plan: Plan | undefined): readonly string[] {
  const values = VALUES[tag] ?? ["one", "two", "three"];
  const limited = tags.limited.find((name) => name === tag);
  const most = limited && plan ? plan.limits[`${limited}s`] : null;
  return values.slice(0, most ?? values.length);
}

/** Calls in a row that belong together: a run of an agent, a session of a project. */
const RUN_CALLS = 5;
/** A run has a few nodes; every other logged tag names the run. */
const NODES = 4;

/** `count` is how many calls were made before. Calls of one run have its agent, project and workspace. */
function tagsOf(catalogue: Catalogue, plan: Plan | undefined, count: number): Record<string, string> {
  const run = Math.floor(count / RUN_CALLS);
  const roll = dice(run);
  const chosen: Record<string, string> = {};
  for (const tag of catalogue.tags.rollup) {
    const values = valuesOf(tag, catalogue, plan);
    chosen[tag] = values[Math.floor(roll() ** 1.7 * values.length)] as string;
  }
  for (const tag of catalogue.tags.logged) chosen[tag] = tag === "node" ? `node-${count % NODES}` : `${tag}-${run}`;
  return chosen;
}

/** Where the catalogue reads fingerprints, some calls ask again what a few prompts have asked before. */
const REPEATED = 0.12;
const REPEATED_PROMPTS = 40;

/** The prompt of the call after `count` others: one of those that are repeated, or one of its own. */
function promptOf({ costHints }: Catalogue, count: number): { name: string; repeated: number | undefined } {
  const roll = dice(count);
  const again = costHints?.fingerprintTag !== undefined && roll() < REPEATED;
  const repeated = again ? Math.floor(roll() ** 2 * REPEATED_PROMPTS) : undefined;
  return { name: again ? `repeated ${repeated}` : `own ${count}`, repeated };
}

const fingerprintOf = (prompt: string) => createHash("sha256").update(prompt).digest("hex");

type Moment = { plan: Plan | undefined; share: number; count: number };

/**
 * The call after `count` others, at a part of the demo's life (0 to 1): the catalogue's last prices are used late.
 */
export function demoCall(catalogue: Catalogue, { plan, share, count }: Moment, roll: Roll): DemoCall {
  const prompt = promptOf(catalogue, count);
  // A prompt that is sent again goes to the same model and has the same length.
  const [own, lateness] = prompt.repeated === undefined ? [roll, 2.4 - 1.2 * share] : [dice(-1 - prompt.repeated), 1];
  const price = catalogue.prices[Math.floor(own() ** lateness * catalogue.prices.length)] as Price;
  const tags = tagsOf(catalogue, plan, count);
  const tag = catalogue.costHints?.fingerprintTag;
  return {
    endpoint: price.endpoint,
    model: price.model,
    quantities: quantitiesOf(price, LENGTH[catalogue.unit.kind], own),
    options: optionsOf(price, own),
    tags: tag === undefined ? tags : { ...tags, [tag]: fingerprintOf(prompt.name) },
  };
}

/** The actual usage of a call: an answer is mostly shorter than the reserved maximum. */
export function usedOf({ quantities }: DemoCall, roll: Roll): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(quantities).map(([meter, count]) => [
      meter,
      meter === "output_token" ? (count * BigInt(20 + Math.floor(roll() * 80))) / 100n : count,
    ]),
  );
}
