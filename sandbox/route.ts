/** A route of the API: its method, path, parameters and work. */
import { z } from "zod";
import type { Form } from "./form-body";
import { listed, readParams } from "./params";
import { present } from "./present";
import type { World } from "./world";

export type RouteCall = { world: World; path: Readonly<Record<string, string>> };
export type Route = {
  method: string;
  /** `/v1/customers/:id` */
  path: string;
  answer: (asked: RouteCall, form: Form) => object;
};

/** Parameters are checked before anything is changed; a name that is not in `shape` is an error, as at Stripe. */
export function route<Shape extends z.ZodRawShape>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  shape: Shape,
  run: (params: z.output<z.ZodObject<Shape>>, asked: RouteCall) => object,
): Route {
  const schema = z.strictObject({ ...shape, expand: listed.optional() });
  return {
    method,
    path,
    answer: (asked, form) => {
      const { expand, ...params } = readParams(schema, form) as { expand?: string[] };
      return present(asked.world, run(params as z.output<z.ZodObject<Shape>>, asked), expand);
    },
  };
}

export type FoundRoute = { route: Route; path: Record<string, string> };

/** The values of `:names` when the path has the pattern's form. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const word = decodeURIComponent(given[index] ?? "");
    if (part.startsWith(":")) values[part.slice(1)] = word;
    else if (part !== word && part !== "*") return undefined;
  }
  return values;
}

export function findRoute(routes: readonly Route[], method: string, path: string): FoundRoute | undefined {
  for (const candidate of routes) {
    if (candidate.method !== method) continue;
    const values = matchPath(candidate.path, path);
    if (values) return { route: candidate, path: values };
  }
  return undefined;
}
