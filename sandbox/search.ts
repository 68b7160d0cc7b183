/** Stripe's search by metadata and status: `metadata['payment']:'…' AND status:'succeeded'`. */
import { invalid } from "./fault";
import type { Kinds } from "./kinds";
import { filled, integer } from "./params";
import { route } from "./route";

const CLAUSE = /^(?:metadata\[(?:'([^']+)'|"([^"]+)")\]|([a-z_]+))\s*:\s*(?:'([^']*)'|"([^"]*)")$/;
const PAGE = 10;

type Test = (object: object) => boolean;

function testOf(clause: string): Test {
  const [, single, double, field, value = "", quoted = ""] = CLAUSE.exec(clause.trim()) ?? [];
  const wanted = value || quoted;
  const name = single ?? double;
  if (name !== undefined) {
    return (object) => "metadata" in object && (object.metadata as Record<string, string> | null)?.[name] === wanted;
  }
  if (field === undefined) throw invalid(`We were unable to parse your search query: ${clause}.`, undefined, "query");
  return (object) => field in object && String((object as Record<string, unknown>)[field]) === wanted;
}

/** All clauses must hold. Unlike Stripe's search, which lags by up to a minute, it finds new objects. */
export function searchRoute(
  kind: "payment_intent" | "customer" | "invoice" | "subscription" | "charge" | "price",
  url: string,
) {
  return route(
    "GET",
    url,
    { query: filled, limit: integer.optional(), page: filled.optional() },
    ({ query, limit = PAGE, page }, { world }) => {
      const tests = query.split(/\s+AND\s+/).map(testOf);
      const objects: Kinds[typeof kind][] = world.store
        .all(kind)
        .filter((object) => tests.every((test) => test(object)));
      const newest = objects.reverse();
      const start = page === undefined ? 0 : Number(page);
      const more = start + limit < newest.length;
      return {
        object: "search_result",
        url,
        data: newest.slice(start, start + limit),
        has_more: more,
        next_page: more ? String(start + limit) : null,
      };
    },
  );
}
