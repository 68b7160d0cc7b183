/** What other price lists call their rates, and the meter and the size that each one is for here. */

type Size = 1 | 1_000_000;
/** `meter` counts tokens, pixels or characters by the million, anything else one by one. */
export type Field = { meter: string; listedPer: Size };
export type ImportedMeter = { name: string; label: string; singular: string };

/** Meters in the order in which calls use them: the first of an installation are the cheapest to count. */
const METERS: Record<string, [label: string, singular: string]> = {
  input_token: ["input tokens", "input token"],
  output_token: ["output tokens", "output token"],
  cached_input_token: ["cached input tokens", "cached input token"],
  cache_write_token: ["cache write tokens", "cache write token"],
  reasoning_token: ["reasoning tokens", "reasoning token"],
  cache_write_1h_token: ["1-hour cache write tokens", "1-hour cache write token"],
  web_search: ["web searches", "web search"],
  audio_input_token: ["audio input tokens", "audio input token"],
  audio_output_token: ["audio output tokens", "audio output token"],
  image_input_token: ["image input tokens", "image input token"],
  image_output_token: ["image output tokens", "image output token"],
  image: ["images", "image"],
  request: ["requests", "request"],
  search: ["searches", "search"],
  page: ["pages", "page"],
  input_second: ["input seconds", "input second"],
  output_second: ["output seconds", "output second"],
  input_character: ["input characters", "input character"],
  output_character: ["output characters", "output character"],
  input_image: ["input images", "input image"],
  cached_audio_input_token: ["cached audio input tokens", "cached audio input token"],
  audio_cache_write_token: ["audio cache write tokens", "audio cache write token"],
  video_output_token: ["video output tokens", "video output token"],
  audio_input_second: ["audio input seconds", "audio input second"],
  video_input_second: ["video input seconds", "video input second"],
  video_output_second: ["video output seconds", "video output second"],
  input_pixel: ["input pixels", "input pixel"],
  output_pixel: ["output pixels", "output pixel"],
  citation_token: ["citation tokens", "citation token"],
  annotated_page: ["annotated pages", "annotated page"],
  session: ["sessions", "session"],
  credit: ["provider's credits", "provider's credit"],
};

/** What counts toward the length of a prompt, by which some models' rates rise. */
const PROMPT = [
  "input_token",
  "cached_input_token",
  "cache_write_token",
  "cache_write_1h_token",
  "audio_input_token",
  "image_input_token",
];

const perUnit = (meter: string): Field => ({ meter, listedPer: 1 });
const million = (meter: string): Field => ({ meter, listedPer: 1_000_000 });

export const LITELLM_FIELDS: Record<string, Field> = {
  input_cost_per_token: perUnit("input_token"),
  output_cost_per_token: perUnit("output_token"),
  cache_read_input_token_cost: perUnit("cached_input_token"),
  input_cost_per_token_cache_hit: perUnit("cached_input_token"),
  cache_creation_input_token_cost: perUnit("cache_write_token"),
  cache_creation_input_token_cost_above_1hr: perUnit("cache_write_1h_token"),
  output_cost_per_reasoning_token: perUnit("reasoning_token"),
  input_cost_per_audio_token: perUnit("audio_input_token"),
  output_cost_per_audio_token: perUnit("audio_output_token"),
  cache_read_input_audio_token_cost: perUnit("cached_audio_input_token"),
  cache_creation_input_audio_token_cost: perUnit("audio_cache_write_token"),
  input_cost_per_image_token: perUnit("image_input_token"),
  output_cost_per_image_token: perUnit("image_output_token"),
  output_cost_per_video_token: perUnit("video_output_token"),
  citation_cost_per_token: perUnit("citation_token"),
  input_cost_per_character: perUnit("input_character"),
  output_cost_per_character: perUnit("output_character"),
  input_cost_per_pixel: perUnit("input_pixel"),
  output_cost_per_pixel: perUnit("output_pixel"),
  input_cost_per_image: perUnit("input_image"),
  output_cost_per_image: perUnit("image"),
  input_cost_per_second: perUnit("input_second"),
  output_cost_per_second: perUnit("output_second"),
  input_cost_per_audio_per_second: perUnit("audio_input_second"),
  input_cost_per_video_per_second: perUnit("video_input_second"),
  output_cost_per_video_per_second: perUnit("video_output_second"),
  input_cost_per_query: perUnit("search"),
  input_cost_per_request: perUnit("request"),
  ocr_cost_per_page: perUnit("page"),
  annotation_cost_per_page: perUnit("annotated_page"),
  code_interpreter_cost_per_session: perUnit("session"),
  ocr_cost_per_credit: perUnit("credit"),
};

export const MODELS_DEV_FIELDS: Record<string, Field> = {
  input: million("input_token"),
  output: million("output_token"),
  cache_read: million("cached_input_token"),
  cache_write: million("cache_write_token"),
  reasoning: million("reasoning_token"),
  input_audio: million("audio_input_token"),
  output_audio: million("audio_output_token"),
};

/** Two ways to count one thing: a list may price both, and a call that counts both pays twice. */
const ALTERNATIVES: [string, string][] = [
  ["image_output_token", "image"],
  ["image_input_token", "input_image"],
  ["audio_input_token", "audio_input_second"],
  ["audio_input_token", "input_second"],
  ["input_token", "input_character"],
  ["output_token", "output_character"],
  ["video_output_token", "video_output_second"],
];

export function alternatives(meters: ReadonlySet<string>): [string, string][] {
  return ALTERNATIVES.filter(([one, other]) => meters.has(one) && meters.has(other));
}

const PLACES = new Map(Object.keys(METERS).map((name, place) => [name, place]));

export function placeOf(meter: string): number {
  return PLACES.get(meter) ?? PLACES.size;
}

export function countsByTheMillion(meter: string): boolean {
  return /_(token|pixel|character)$/.test(meter);
}

export function isToken(meter: string): boolean {
  return meter.endsWith("_token");
}

/** Those of the given meters whose sum is the length of the prompt. */
export function promptMeters(meters: ReadonlySet<string>): string[] {
  return PROMPT.filter((meter) => meters.has(meter));
}

/** The given meters as a catalogue declares them. */
export function declare(used: ReadonlySet<string>): ImportedMeter[] {
  return Object.entries(METERS)
    .filter(([name]) => used.has(name))
    .map(([name, [label, singular]]) => ({ name, label, singular }));
}
