/** The filters of calls, as conditions on the totals and on the log. */
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { NIL_ID, parsePublicId } from "@/lib/kernel/ids";

export type CallFilter = {
  endpoint?: string | undefined;
  model?: string | undefined;
  /** An API key's public id. */
  key?: string | undefined;
  /** A member's id: the calls of keys that were theirs at the call. */
  member?: string | undefined;
  /** `NAME:VALUE`. */
  tag?: string | undefined;
};
export type Bind = (value: unknown) => string;

export function refuse(field: string, message: string): TollgateError {
  return new TollgateError("validation_failed", message, { field });
}

export const isFiltered = (filter: CallFilter): boolean =>
  [filter.endpoint, filter.model, filter.key, filter.member, filter.tag].some((value) => value !== undefined);

const listed = (tags: Iterable<string>) => [...tags].map((name) => `tag:${name}`).join(", ") || "no tag";

/** Errors: validation_failed for a tag that usage is not summed by. */
export function requireSummedTag(tag: string, field: "tag" | "groupBy"): void {
  const { rollup } = currentCatalogue().catalogue.tags;
  if (rollup.includes(tag)) return;
  throw refuse(field, `usage is not summed by tag ${tag}; it is by: ${listed(rollup)}`);
}

type Tag = { name: string; value: string };

/** The parts of a tag filter. */
export function tagOf({ tag }: CallFilter): Tag | undefined {
  if (tag === undefined) return undefined;
  const at = tag.indexOf(":");
  return { name: tag.slice(0, at), value: tag.slice(at + 1) };
}

/** The tag filter of the log, where usage is not summed by it. Errors: validation_failed for a tag that no call has. */
export function loggedTagOf(filter: CallFilter): Tag | undefined {
  const tag = tagOf(filter);
  const { rollup, allowed } = currentCatalogue().catalogue.tags;
  if (!tag || rollup.includes(tag.name)) return undefined;
  if (allowed.has(tag.name)) return tag;
  throw refuse("tag", `calls have no tag ${tag.name}; they have: ${listed(allowed)}`);
}

/** Under which names the calls of a model are recorded: an alias is recorded as its model, since it is one. */
function modelNames(model: string): string[] {
  const models = currentCatalogue().catalogue.prices.filter(({ aliases }) => aliases.includes(model));
  return [...new Set([model, ...models.map((price) => price.model)])];
}

/** Conditions that sums by endpoint, model and key answer, and events too, on the table `name`. */
export function callConditions(filter: CallFilter, bind: Bind, name: "r" | "e"): string[] {
  const where: string[] = [];
  if (filter.endpoint !== undefined) where.push(`${name}.endpoint = ${bind(filter.endpoint)}`);
  if (filter.model !== undefined) {
    where.push(`${name}.model IN (${modelNames(filter.model).map(bind).join(", ")})`);
  }
  if (filter.key !== undefined) where.push(`${name}.key_id = ${bind(parsePublicId(filter.key, "key")?.id ?? NIL_ID)}`);
  if (filter.member !== undefined) where.push(`${name}.member_id = ${bind(filter.member)}`);
  return where;
}

/** Conditions on events; of a tag that is only logged, the index of the log by tags is asked. */
export function eventConditions(filter: CallFilter, bind: Bind): string[] {
  const where = callConditions(filter, bind, "e");
  const tag = loggedTagOf(filter) ? undefined : tagOf(filter);
  if (tag) where.push(`e.tags @> ${bind(JSON.stringify({ [tag.name]: tag.value }))}::jsonb`);
  return where;
}
