/** The contract as data, for the page at `/docs` and for the portal's own reference. */
import type { Catalogue } from "@/lib/catalogue/schema";
import { ERROR_STATUS, type ErrorCode } from "@/lib/kernel/errors";
import { errorsOf, makeDocument, routesOf } from "./document";
import type { Auth, RouteEntry } from "./registry";
import { exampleOf, type Resolve, type Row, resolver, rowsOf, type Schema } from "./schema-view";

type Operation = {
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
};

export type ReferenceRow = Row;
export type ReferenceOperation = {
  /** The anchor, such as `post-v1-holds`. */
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  auth: Auth;
  idempotency: "required" | "optional" | null;
  query: Row[];
  body: Row[];
  /** `rows` is null for an answer that is no JSON of a known shape. */
  answer: { status: number; description: string; type: string; rows: Row[] | null; example: string | null };
  errors: { status: number; code: ErrorCode }[];
  call: string;
};
export type ReferenceGroup = { id: string; tag: string; operations: ReferenceOperation[] };
export type Reference = { introduction: string[]; groups: ReferenceGroup[] };

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

function queryRows(operation: Operation, resolve: Resolve): Row[] {
  return (operation.parameters ?? [])
    .filter((parameter) => parameter.in === "query")
    .map(({ name, required = false, description, schema = {} }) => ({
      name,
      required,
      type: String([resolve(schema).type ?? "string"].flat().join(" | ")),
      description: description ?? resolve(schema).description ?? "",
    }));
}

function exampleCall(route: RouteEntry, body: unknown): string {
  const credential = route.auth === "key" || route.auth === "session" ? "sk_…" : "gw_…";
  const lines = [`curl${route.method === "POST" ? " -X POST" : ""} "$URL${route.path}"`];
  if (route.auth !== "none") lines.push(`-H "Authorization: Bearer ${credential}"`);
  if (route.idempotency === "required") lines.push('-H "Idempotency-Key: call-1"');
  if (body !== undefined) lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`);
  return lines.join(" \\\n  ");
}

function operationOf(
  route: RouteEntry,
  operation: Operation,
  resolve: Resolve,
  catalogue: Catalogue,
): ReferenceOperation {
  const status = route.answer.status ?? 200;
  const request = operation.requestBody?.content["application/json"]?.schema;
  const answer = operation.responses[String(status)]?.content?.["application/json"]?.schema;
  return {
    id: slug(`${route.method}${route.path}`),
    method: route.method,
    path: route.path,
    summary: route.summary,
    description: route.description ?? null,
    auth: route.auth,
    idempotency: route.idempotency ?? null,
    query: queryRows(operation, resolve),
    body: request ? rowsOf(request, resolve) : [],
    answer: {
      status,
      description: route.answer.description,
      type: route.answer.type ?? "application/json",
      rows: answer ? rowsOf(answer, resolve) : null,
      example: answer ? JSON.stringify(exampleOf(answer, resolve), null, 2) : null,
    },
    errors: errorsOf(route, catalogue).map((code) => ({ status: ERROR_STATUS[code], code })),
    call: exampleCall(route, request && exampleOf(request, resolve)),
  };
}

/** Every route of the catalogue by its tag, in the order in which they were defined. */
export function makeReference(catalogue: Catalogue): Reference {
  const document = makeDocument(catalogue);
  const resolve = resolver(document.components?.schemas);
  const routes = routesOf(catalogue);
  const of = (route: RouteEntry) =>
    document.paths?.[route.path]?.[route.method === "GET" ? "get" : "post"] as unknown as Operation;
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const groups = tags.map((tag) => ({
    id: `group-${slug(tag)}`,
    tag,
    operations: routes
      .filter((route) => route.tag === tag)
      .map((route) => operationOf(route, of(route), resolve, catalogue)),
  }));
  return { introduction: (document.info.description ?? "").split("\n\n"), groups };
}
