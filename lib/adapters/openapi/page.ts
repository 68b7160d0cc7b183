/** The reference for people, from the same document that machines read. One page of HTML, no script, no other host. */
import { html, raw } from "hono/html";
import { ERROR_STATUS, type ErrorCode } from "@/lib/kernel/errors";
import { type Document, errorsOf } from "./document";
import { PAGE_STYLE } from "./page-style";
import { type RouteEntry, routes } from "./registry";
import { exampleOf, type Resolve, type Row, resolver, rowsOf, type Schema } from "./schema-view";
import { TITLES } from "./titles";

type Html = ReturnType<typeof html>;
type Operation = {
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Schema }> }>;
};

const anchor = ({ method, path }: RouteEntry) => `${method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const groupAnchor = (tag: string) => `group-${tag.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;

/** Plain text with `code` in backticks. */
function prose(text: string): Html[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

const WHO = {
  gateway: "With a gateway secret",
  key: "With an API key",
  either: "With a gateway secret or an API key",
  session: "With an API key or the portal's session",
  none: "Open",
} as const;

function table(title: string, rows: readonly Row[]): Html | "" {
  if (rows.length === 0) return "";
  return html`<h4>${title}</h4><div class="scroll" tabindex="0"><table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>
${rows.map(
  (row) =>
    html`<tr><td><code>${row.name}</code></td><td class="type">${row.type}${row.required ? "" : ", optional"}</td><td>${prose(row.description)}</td></tr>`,
)}</tbody></table></div>`;
}

function parameterRows(operation: Operation, place: string, resolve: Resolve): Row[] {
  return (operation.parameters ?? [])
    .filter((parameter) => parameter.in === place)
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

function operationSection(route: RouteEntry, operation: Operation, resolve: Resolve): Html {
  const request = operation.requestBody?.content["application/json"]?.schema;
  const success = operation.responses[String(route.answer.status ?? 200)];
  const answer = success?.content?.["application/json"]?.schema;
  const codes = errorsOf(route);
  return html`<section class="op" id="${anchor(route)}" aria-labelledby="${anchor(route)}-title">
<h3 id="${anchor(route)}-title">${route.summary}</h3>
<p class="path"><span class="method">${route.method}</span><code>${route.path}</code></p>
${route.description ? html`<p>${prose(route.description)}</p>` : ""}
<p class="who">${WHO[route.auth]}.${route.idempotency ? ` Idempotency-Key ${route.idempotency}.` : ""}</p>
${table("Query", parameterRows(operation, "query", resolve))}
${request ? table("Body", rowsOf(request, resolve)) : ""}
<h4>${route.answer.status ?? 200}: ${route.answer.description}</h4>
${answer ? table("Answer", rowsOf(answer, resolve)) : html`<p class="who">${route.answer.type ?? "application/json"}</p>`}
${codes.length > 0 ? html`<h4>Errors</h4><ul class="codes">${codes.map((code) => html`<li><a href="#${code}"><code>${ERROR_STATUS[code]} ${code}</code></a></li>`)}</ul>` : ""}
<details><summary>Example</summary><pre tabindex="0"><code>${exampleCall(route, request && exampleOf(request, resolve))}</code></pre>
${answer ? html`<pre tabindex="0"><code>${JSON.stringify(exampleOf(answer, resolve), null, 2)}</code></pre>` : ""}</details>
</section>`;
}

function errorSection(): Html {
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  return html`<h2 class="group" id="errors">Errors</h2><section class="op"><div class="scroll" tabindex="0"><table>
<thead><tr><th>Status</th><th>Code</th><th>Meaning</th></tr></thead><tbody>
${codes.map((code) => html`<tr id="${code}"><td>${ERROR_STATUS[code]}</td><td><code>${code}</code></td><td>${TITLES[code]}</td></tr>`)}
</tbody></table></div></section>`;
}

/** The whole page. */
export function makePage(document: Document): string {
  const resolve = resolver(document.components?.schemas);
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const operation = (route: RouteEntry) =>
    document.paths?.[route.path]?.[route.method === "GET" ? "get" : "post"] as unknown as Operation;
  const introduction = (document.info.description ?? "").split("\n\n");
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API reference · Tollgate</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${raw(PAGE_STYLE)}</style></head><body><div class="shell">
<nav aria-label="Routes"><a class="home" href="/">Tollgate</a>
${tags.map(
  (tag) =>
    html`<h2>${tag}</h2><ul>${routes
      .filter((route) => route.tag === tag)
      .map((route) => html`<li><a href="#${anchor(route)}">${route.summary}</a></li>`)}</ul>`,
)}<h2><a href="#errors">More</a></h2><ul><li><a href="#errors">Errors</a></li><li><a href="/openapi.json">openapi.json</a></li></ul></nav>
<main><h1>API reference</h1>${introduction.map((part) => html`<p class="lead">${prose(part)}</p>`)}
${tags.map(
  (tag) => html`<h2 class="group" id="${groupAnchor(tag)}">${tag}</h2>
${routes.filter((route) => route.tag === tag).map((route) => operationSection(route, operation(route), resolve))}`,
)}${errorSection()}</main></div></body></html>`;
  return String(page);
}
