/** The frame of every hosted page: server-rendered, without scripts and without anything from another host. */
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { STYLE } from "./style";

export type Html = ReturnType<typeof html>;
export type Page = { status: number; title: string; body: Html; leadsTo?: string | null };

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** A form may lead back to the shop: browsers check the policy at the redirect, too. */
export function headersOf(leadsTo?: string | null): Record<string, string> {
  const shop = leadsTo && URL.canParse(leadsTo) ? ` ${new URL(leadsTo).origin}` : "";
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // Not `no-referrer`: a browser would send the form with `Origin: null`.
    "referrer-policy": "same-origin",
    "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self' data:; form-action 'self'${shop}; base-uri 'none'; frame-ancestors 'none'`,
  };
}

const TEST_MODE = html`<p class="test"><strong>Test mode:</strong> no real card is charged. Use <code>4242 4242 4242 4242</code>.</p>`;

export function documentOf({ title, body }: Page): string {
  return `<!doctype html>${html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        ${TEST_MODE}
        <main>${body}</main>
      </body>
    </html>`}`;
}
