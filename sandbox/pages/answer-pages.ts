/** Returns the hosted pages: everything below /sandbox/. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { html } from "hono/html";
import { bodyOf } from "../answer-api";
import { StripeFault } from "../fault";
import type { World } from "../world";
import { showAuthentication, submitAuthentication } from "./authenticate-page";
import { type Answer, showCheckout, submitCheckout } from "./checkout-page";
import { documentOf, headersOf, type Page } from "./html";
import { invoiceFile } from "./invoice-file";
import { invoiceNamed, showInvoice, submitInvoice } from "./invoice-page";

type Show = (world: World, id: string) => Answer;
type Submit = (world: World, id: string, form: URLSearchParams) => Answer;

const PAGES: Readonly<Record<string, { show: Show; submit: Submit }>> = {
  checkout: { show: showCheckout, submit: submitCheckout },
  "3d-secure": { show: showAuthentication, submit: submitAuthentication },
  invoices: { show: (world, id) => showInvoice(world, id), submit: submitInvoice },
};

const NOT_FOUND: Page = {
  status: 404,
  title: "Not found",
  body: html`<section class="card whole"><h1>Page not found</h1><p>The link is wrong, or what it led to is over.</p></section>`,
};

function sendPage(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, headersOf(page.leadsTo));
  response.end(documentOf(page));
}

async function sendFile(world: World, response: ServerResponse, id: string): Promise<void> {
  const invoice = invoiceNamed(world, id);
  const file = await invoiceFile(invoice);
  response.writeHead(200, {
    "content-type": "application/pdf",
    "content-length": file.length,
    "content-disposition": `attachment; filename="invoice-${invoice.number ?? id}.pdf"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
  response.end(file);
}

function answer(response: ServerResponse, made: Answer): void {
  if (!("to" in made)) {
    sendPage(response, made);
    return;
  }
  response.writeHead(303, { location: made.to, "cache-control": "no-store", "referrer-policy": "same-origin" });
  response.end();
}

/** Errors: none; the page shows the problem. */
export async function answerPages(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = ""] = (request.url ?? "").split("?", 1);
  const [, , kind = "", id = "", part] = path.split("/");
  const page = PAGES[kind];
  try {
    if (!page || id === "") return sendPage(response, NOT_FOUND);
    if (kind === "invoices" && part === "pdf") return await sendFile(world, response, id);
    if (part !== undefined) return sendPage(response, NOT_FOUND);
    const form = request.method === "POST" ? new URLSearchParams(await bodyOf(request)) : undefined;
    answer(response, form ? page.submit(world, id, form) : page.show(world, id));
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    sendPage(
      response,
      error.body.code === "resource_missing"
        ? NOT_FOUND
        : {
            status: error.status,
            title: "It did not work",
            body: html`<section class="card whole"><h1>It did not work</h1><p>${error.message}</p></section>`,
          },
    );
  } finally {
    world.settle();
  }
}
