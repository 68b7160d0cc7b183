/** The contract itself: for machines as OpenAPI, for people as a page. */
import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { perObject } from "@/lib/platform/holders";
import { makeDocument } from "../../openapi/document";
import { makePage } from "../../openapi/page";
import { defineRoute } from "../route";

const tag = "Operation";
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Written at the first question, when every route is defined; each version of the catalogue has its own.
const documentOf = perObject((catalogue: Catalogue) => makeDocument(catalogue));
const pageOf = perObject((catalogue: Catalogue) => ({ html: makePage(catalogue) }));

defineRoute({
  method: "GET",
  path: "/openapi.json",
  tag,
  summary: "This contract as OpenAPI 3.1",
  auth: "none",
  answer: { description: "The document." },
  async handler() {
    return documentOf(currentCatalogue().catalogue);
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
    return new Response(pageOf(currentCatalogue().catalogue).html, {
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY },
    });
  },
});
