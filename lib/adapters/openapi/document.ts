/** The OpenAPI 3.1 document, written from the routes that were defined. */
import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { impossibleErrors } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { ERROR_STATUS, type ErrorCode } from "@/lib/kernel/errors";
import { type RouteEntry, routes } from "./registry";
import { TITLES } from "./titles";

export type Document = ReturnType<OpenApiGeneratorV31["generateDocument"]>;

const introduction = (
  errors: string,
) => `Prepaid credits, quotas and pay-as-you-go behind an API: ask before a call runs, pay after it ran.

Amounts are decimal strings of the catalogue's unit, quantities integers, times RFC 3339. Every POST that changes something
takes an \`Idempotency-Key\`: after a 2xx response, the same key and body always return the same bytes; the same key
with another body is 422. ${errors} A 429 speaks of the pace, never of money: \`Retry-After\` says when one more may
pass. A customer key's answers carry \`RateLimit\` and \`RateLimit-Policy\`.`;

const PROBLEMS = "Errors are `application/problem+json` with a stable `code`.";
const OWN_SHAPE = "in the operator's own shape unless `Accept` names problem+json";

/** How errors look with this catalogue. */
function errorWords({ dialect }: Catalogue): string {
  if (!dialect) return PROBLEMS;
  if (dialect.all) return `Errors are ${OWN_SHAPE}; either has a stable \`code\`.`;
  return PROBLEMS.replace(/\.$/, `; a 402 is ${OWN_SHAPE}.`);
}

const problem = z
  .looseObject({
    type: z.string().meta({ example: "/docs#validation_failed" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    errors: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "The wrong fields and what is wrong with them." }),
  })
  .meta({ id: "Problem", description: "RFC 9457. Some codes add fields, such as `state`." });

const BODY_ERRORS: ErrorCode[] = ["malformed", "payload_too_large", "unsupported_media_type", "validation_failed"];

const text = (description: string, example: string) => ({ description, schema: { type: "string" as const }, example });
const RATE_HEADERS = {
  "Retry-After": { description: "Seconds until the next request is allowed.", schema: { type: "integer" as const } },
  RateLimit: text("The remaining requests, and the seconds until the full limit is available again.", '"key";r=0;t=60'),
  "RateLimit-Policy": text("The number of requests allowed in a number of seconds.", '"key";q=600;w=60'),
};

/** The routes that the catalogue has. */
export function routesOf(catalogue: Catalogue): RouteEntry[] {
  return routes.filter(({ offered }) => offered?.(catalogue) ?? true);
}

/** What any request can get, also one to no route, and what only the portal's pages get. */
const ANYWHERE: ErrorCode[] = ["malformed", "not_found", "internal", "organization_mismatch"];

/** Every code that can be answered with this catalogue, in the order of their statuses. */
export function answeredErrors(catalogue: Catalogue): ErrorCode[] {
  const answered = new Set([...ANYWHERE, ...routesOf(catalogue).flatMap((route) => errorsOf(route, catalogue))]);
  return (Object.keys(ERROR_STATUS) as ErrorCode[]).filter((code) => answered.has(code));
}

/** Every code that the route may answer, in the order of their statuses. */
export function errorsOf(route: RouteEntry, catalogue: Catalogue): ErrorCode[] {
  const codes = new Set<ErrorCode>(route.errors);
  if (route.auth !== "none") codes.add("unauthenticated").add("rate_limited");
  if (route.auth !== "none" && route.auth !== "either") codes.add("forbidden");
  if (route.body) for (const code of BODY_ERRORS) codes.add(code);
  if (route.query || route.idempotency) codes.add("validation_failed");
  for (const code of impossibleErrors(catalogue)) codes.delete(code);
  return [...codes].sort((a, b) => ERROR_STATUS[a] - ERROR_STATUS[b]);
}

function errorResponses(route: RouteEntry, catalogue: Catalogue): Record<string, ResponseConfig> {
  const responses: Record<string, ResponseConfig> = {};
  for (const code of errorsOf(route, catalogue)) {
    const status = ERROR_STATUS[code];
    const before = responses[status]?.description;
    const line = `\`${code}\`: ${TITLES[code]}.`;
    const own = catalogue.dialect !== null && (status === 402 || catalogue.dialect.all);
    const dialect = own ? { "application/json": { schema: z.looseObject({}) } } : {};
    responses[status] = {
      description: before ? `${before}\n${line}` : line,
      ...(status === 429 && { headers: RATE_HEADERS }),
      content: { ...dialect, "application/problem+json": { schema: problem } },
    };
  }
  return responses;
}

const keyText = { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]{1,255}$" } as const;

function parametersOf(route: RouteEntry) {
  const path = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path" as const,
    required: true,
    schema: { type: "string" as const },
  }));
  if (!route.idempotency) return path;
  const required = route.idempotency === "required";
  return [...path, { name: "Idempotency-Key", in: "header" as const, required, schema: keyText }];
}

function securityOf(route: RouteEntry): Record<string, string[]>[] {
  if (route.auth === "none") return [];
  const gateway = { gatewaySecret: [] };
  const key = { apiKey: [] };
  if (route.auth === "gateway") return [gateway];
  if (route.auth === "either") return [gateway, key];
  return route.auth === "session" ? [key, { session: [] }] : [key];
}

function operationId({ method, path }: RouteEntry): string {
  const words = path.replace(/[{}]/g, "").split(/[/.\-_]+/);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function register(registry: OpenAPIRegistry, route: RouteEntry, catalogue: Catalogue): void {
  const { answer, body, query } = route;
  const type = answer.type ?? "application/json";
  const schema = answer.schema ?? (answer.type ? z.string() : z.looseObject({}));
  registry.registerPath({
    method: route.method === "GET" ? "get" : "post",
    path: route.path,
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: securityOf(route),
    parameters: parametersOf(route),
    request: {
      ...(query && { query }),
      ...(body && { body: { required: !route.bodyOptional, content: { "application/json": { schema: body } } } }),
    },
    responses: {
      [answer.status ?? 200]: { description: answer.description, content: { [type]: { schema } } },
      ...errorResponses(route, catalogue),
    },
  });
}

/** The document of what this catalogue serves. */
export function makeDocument(catalogue: Catalogue): Document {
  const registry = new OpenAPIRegistry();
  const bearer = (description: string) => ({ type: "http" as const, scheme: "bearer", description });
  registry.registerComponent("securitySchemes", "gatewaySecret", bearer("The operator's gateway secret, `gw_…`."));
  registry.registerComponent("securitySchemes", "apiKey", bearer("A customer's API key, `sk_…`."));
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "authjs.session-token",
    description: "The portal's own session.",
  });
  const served = routesOf(catalogue);
  for (const route of served) register(registry, route, catalogue);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Tollgate",
      version: "1",
      description: introduction(errorWords(catalogue)),
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(served.map(({ tag }) => tag))].map((name) => ({ name })),
  });
}
