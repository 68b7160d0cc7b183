/** The API: every route, and the answer to unknown paths. */
import { currentCatalogue, startCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { followDatabaseClock } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { refusal } from "./problem";
import type { NodeBindings } from "./request";
import { app, respondRefusal } from "./route";
import "./routes/gate";
import "./routes/batch";
import "./routes/ledger";
import "./routes/stream";
import "./routes/usage";
import "./routes/statements";
import "./routes/operator-pages";
import "./routes/system";
import "./routes/docs";
import "./routes/webhooks";
import { defineEcho } from "./routes/echo";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

if (env().BENCH) defineEcho();

app.notFound((c) => {
  const { method, path } = c.req;
  const accept = c.req.header("accept");
  const allowed = METHODS.filter((other) => other !== method && app.router.match(other, path)[0].length > 0);
  if (allowed.length === 0) {
    return respondRefusal(refusal(new TollgateError("not_found", "There is no such route."), { accept }));
  }
  const allow = allowed.join(", ");
  const wrong = new TollgateError("malformed", `This route takes ${allow}.`);
  return respondRefusal(refusal(wrong, { accept, status: 405, headers: { allow } }));
});
app.onError((error, c) => respondRefusal(refusal(error, { accept: c.req.header("accept") })));

let loaded = false;
let loading: Promise<unknown> | undefined;

async function load(): Promise<void> {
  try {
    currentCatalogue();
  } catch {
    loading ??= followDatabaseClock(database())
      .then(() => startCatalogue(database()))
      .finally(() => {
        loading = undefined;
      });
    await loading;
  }
  loaded = true;
}

/** A host that runs plain Next has no start of ours: the catalogue is loaded by the first request. */
async function fetchAfterLoading(request: Request, bindings: NodeBindings | undefined): Promise<Response> {
  try {
    await load();
  } catch (error) {
    log.warn({ err: error }, "no catalogue could be loaded");
    if (new URL(request.url).pathname !== "/healthz") {
      return respondRefusal(refusal(new TollgateError("overloaded", "No catalogue is live yet.", { retryAfter: 1 })));
    }
  }
  return app.fetch(request, bindings);
}

/** Answers requests whose address cannot be read, and errors before a route is found. */
export function unreadable(error: unknown): Response {
  const wrong = error instanceof Error && error.name === "RequestError";
  const thrown = wrong ? new TollgateError("malformed", "The request's address or host is wrong.") : error;
  return respondRefusal(refusal(thrown));
}

/** Answers a request; `bindings` are Node's own streams when there are any. */
export function apiFetch(request: Request, bindings?: NodeBindings): Response | Promise<Response> {
  return loaded ? app.fetch(request, bindings) : fetchAfterLoading(request, bindings);
}
