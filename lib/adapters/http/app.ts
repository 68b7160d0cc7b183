/** The API: every route, and what is answered where there is none. */
import { env } from "@/lib/platform/env";
import { PROBLEM_TYPE, problemText, refusal } from "./problem";
import { app, respondRefusal } from "./route";
import { defineEcho } from "./routes/echo";
import "./routes/gate";
import "./routes/batch";
import "./routes/system";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

if (env().BENCH) defineEcho();

app.notFound((c) => {
  const { method, path } = c.req;
  const allowed = METHODS.filter((other) => other !== method && app.router.match(other, path)[0].length > 0);
  if (allowed.length === 0) {
    const text = problemText("not_found", "There is no such route.", 404);
    return respondRefusal({ status: 404, type: PROBLEM_TYPE, text, headers: {} });
  }
  const allow = allowed.join(", ");
  const text = problemText("malformed", `This route takes ${allow}.`, 405);
  return respondRefusal({ status: 405, type: PROBLEM_TYPE, text, headers: { allow } });
});
app.onError((error, c) => respondRefusal(refusal(error, c.req.header("accept"))));

const EXACT = new Set(["/openapi.json", "/docs", "/healthz", "/readyz", "/metrics"]);
const FOLDERS = ["/v1", "/docs", "/api/user", "/api/billing"];

/** Whether the API answers this path, and not the portal. A doubled slash is nobody's page: the API answers 404. */
export function isApiPath(path: string): boolean {
  if (EXACT.has(path) || path.startsWith("//")) return true;
  return FOLDERS.some(
    (folder) => path.startsWith(folder) && (path.length === folder.length || path[folder.length] === "/"),
  );
}

/** Answers a request; `bindings` are Node's own streams when there are any. */
export const apiFetch = app.fetch;
export { app };
