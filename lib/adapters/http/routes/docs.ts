/** The contract itself: for machines as OpenAPI, for people as a page. */
import { type Document, makeDocument } from "../../openapi/document";
import { makePage } from "../../openapi/page";
import { defineRoute } from "../route";

const tag = "Operation";
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Written at the first question, when every route is defined.
let written: Document | undefined;
let page: string | undefined;

function document(): Document {
  written ??= makeDocument();
  return written;
}

defineRoute({
  method: "GET",
  path: "/openapi.json",
  tag,
  summary: "This contract as OpenAPI 3.1",
  auth: "none",
  answer: { description: "The document." },
  async handler() {
    return document();
  },
});

defineRoute({
  method: "GET",
  path: "/docs",
  tag,
  summary: "This contract as a page",
  auth: "none",
  answer: { description: "A page of HTML.", type: "text/html" },
  async handler() {
    page ??= makePage(document());
    return new Response(page, {
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY },
    });
  },
});
