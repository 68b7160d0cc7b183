/** The reference for people, from the same document that machines read. One page of HTML, no script, no other host. */
import { html, raw } from "hono/html";
import type { Catalogue } from "@/lib/catalogue/schema";
import { ERROR_STATUS } from "@/lib/kernel/errors";
import { answeredErrors } from "./document";
import { PAGE_STYLE } from "./page-style";
import { makeReference, type ReferenceOperation, type ReferenceRow } from "./reference";
import { TITLES } from "./titles";

type Html = ReturnType<typeof html>;

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

function table(title: string, rows: readonly ReferenceRow[]): Html | "" {
  if (rows.length === 0) return "";
  return html`<h4>${title}</h4><div class="scroll" tabindex="0"><table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>
${rows.map(
  (row) =>
    html`<tr><td><code>${row.name}</code></td><td class="type">${row.type}${row.required ? "" : ", optional"}</td><td>${prose(row.description)}</td></tr>`,
)}</tbody></table></div>`;
}

function operationSection({ id, answer, errors, ...operation }: ReferenceOperation): Html {
  return html`<section class="op" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${operation.summary}</h3>
<p class="path"><span class="method">${operation.method}</span><code>${operation.path}</code></p>
${operation.description ? html`<p>${prose(operation.description)}</p>` : ""}
<p class="who">${WHO[operation.auth]}.${operation.idempotency ? ` Idempotency-Key ${operation.idempotency}.` : ""}</p>
${table("Query", operation.query)}
${table("Body", operation.body)}
<h4>${answer.status}: ${answer.description}</h4>
${answer.rows ? table("Answer", answer.rows) : html`<p class="who">${answer.type}</p>`}
${errors.length > 0 ? html`<h4>Errors</h4><ul class="codes">${errors.map(({ status, code }) => html`<li><a href="#${code}"><code>${status} ${code}</code></a></li>`)}</ul>` : ""}
<details><summary>Example</summary><pre tabindex="0"><code>${operation.call}</code></pre>
${answer.example ? html`<pre tabindex="0"><code>${answer.example}</code></pre>` : ""}</details>
</section>`;
}

function errorSection(catalogue: Catalogue): Html {
  const codes = answeredErrors(catalogue);
  return html`<h2 class="group" id="errors">Errors</h2><section class="op"><div class="scroll" tabindex="0"><table>
<thead><tr><th>Status</th><th>Code</th><th>Meaning</th></tr></thead><tbody>
${codes.map((code) => html`<tr id="${code}"><td>${ERROR_STATUS[code]}</td><td><code>${code}</code></td><td>${TITLES[code]}</td></tr>`)}
</tbody></table></div></section>`;
}

/** The whole page. */
export function makePage(catalogue: Catalogue): string {
  const { introduction, groups } = makeReference(catalogue);
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API reference · Tollgate</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${raw(PAGE_STYLE)}</style></head><body><div class="shell">
<nav aria-label="Routes"><a class="home" href="/">Tollgate</a>
${groups.map(
  ({ tag, operations }) =>
    html`<h2>${tag}</h2><ul>${operations.map(({ id, summary }) => html`<li><a href="#${id}">${summary}</a></li>`)}</ul>`,
)}<h2><a href="#errors">More</a></h2><ul><li><a href="#errors">Errors</a></li><li><a href="/openapi.json">openapi.json</a></li></ul></nav>
<main><h1>API reference</h1>${introduction.map((part) => html`<p class="lead">${prose(part)}</p>`)}
${groups.map(({ id, tag, operations }) => html`<h2 class="group" id="${id}">${tag}</h2>${operations.map(operationSection)}`)}
${errorSection(catalogue)}</main></div></body></html>`;
  return String(page);
}
