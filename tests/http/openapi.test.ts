/** The published contract: whole, valid, and the same as what is served. */
import { beforeAll, describe, expect, it } from "vitest";
import { ERROR_STATUS } from "@/lib/kernel/errors";
import { expectProblem, gatewayApi } from "../fixtures/gateway";

type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
};

let document: Document;
let operations: [path: string, method: string, operation: Operation][];

const api = await gatewayApi("persly");
beforeAll(async () => {
  const answer = await api.send<Document>("GET", "/openapi.json");
  expect(answer.status).toBe(200);
  document = answer.body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );
});

const PROMISED = [
  "POST /v1/quotes",
  "GET /v1/holds",
  "POST /v1/holds",
  "POST /v1/holds/{id}/settle",
  "POST /v1/holds/{id}/release",
  "POST /v1/holds/{id}/extend",
  "POST /v1/charges",
  "POST /v1/charges/{id}/refund",
  "POST /v1/batch",
  "GET /v1/balance",
  "GET /v1/transactions",
  "GET /v1/transactions/{id}",
  "GET /v1/transactions.csv",
  "GET /v1/transactions.jsonl",
  "GET /v1/usage",
  "GET /v1/usage/events",
  "GET /v1/usage/events.csv",
  "GET /v1/usage/events/{id}",
  "GET /v1/statements",
  "GET /v1/statements/{id}",
  "GET /v1/statements/{id}.csv",
  "GET /v1/statements/{id}.pdf",
  "GET /v1/prices",
  "GET /v1/runs",
  "GET /v1/runs/{id}",
  "GET /v1/keys/self",
  "GET /v1/balance/stream",
  "GET /openapi.json",
  "GET /docs",
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
];

/** What other operators' catalogues have, and this one does not. */
const OTHERS = [
  "GET /api/user/self",
  "GET /api/billing/credits",
  "GET /v1/usage/hints",
  "POST /v1/credits/projections/usage-summary",
];

/** Every object anywhere in the document. */
function walk(value: unknown, visit: (object: Record<string, unknown>) => void): void {
  if (value === null || typeof value !== "object") return;
  if (!Array.isArray(value)) visit(value as Record<string, unknown>);
  for (const inner of Object.values(value)) walk(inner, visit);
}

describe("openapi.json", () => {
  it("is OpenAPI 3.1 and lists every route of the catalogue, and no other", async () => {
    expect(document.openapi).toBe("3.1.0");
    const listed = operations.map(([path, method]) => `${method.toUpperCase()} ${path}`);
    expect(listed.sort()).toEqual([...PROMISED].sort());
    const { app } = await import("@/lib/adapters/http/route");
    const served = app.routes.map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)(?:\{[^.]+(\.\w+)\})?/g, "{$1}$2")}`,
    );
    // Only the payment provider posts there, and describes what.
    const promised = new Set(served.filter((route) => route !== "POST /webhooks/stripe"));
    expect([...promised].sort()).toEqual([...PROMISED, ...OTHERS].sort());
  });

  it("resolves each reference and names each operation once", () => {
    walk(document, ({ $ref }) => {
      if (typeof $ref !== "string") return;
      const [, , kind = "", name = ""] = $ref.split("/");
      expect(document.components, $ref).toHaveProperty([kind, name]);
    });
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("declares the path's parameters, the key and the credentials", () => {
    for (const [path, , { parameters = [], security, responses }] of operations) {
      const declared = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
      expect(declared, path).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const scheme of security.flatMap(Object.keys))
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      if (security.length > 0) expect(responses, path).toHaveProperty("401");
    }
    for (const path of ["/v1/holds", "/v1/charges", "/v1/charges/{id}/refund"]) {
      expect(document.paths[path]?.post?.parameters).toContainEqual(
        expect.objectContaining({ name: "Idempotency-Key", in: "header", required: true }),
      );
    }
  });

  it("describes each body and each response", () => {
    for (const [path, , { requestBody, responses, summary }] of operations) {
      expect(summary.length, path).toBeGreaterThan(5);
      if (requestBody) expect(Object.keys(requestBody.content)).toEqual(["application/json"]);
      for (const [status, { content, description }] of Object.entries(responses)) {
        expect(description.length, `${path} ${status}`).toBeGreaterThan(0);
        expect(Object.keys(content ?? {}).length, `${path} ${status}`).toBeGreaterThan(0);
      }
    }
    expect(document.paths["/v1/holds"]?.post?.responses).toHaveProperty("402");
  });
});

describe("the reference page", () => {
  it("shows every route and code of the catalogue, and loads nothing from another host", async () => {
    const page = await api.send("GET", "/docs");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const route of PROMISED) expect(page.text).toContain(`<code>${route.split(" ")[1]}</code>`);
    for (const route of OTHERS) expect(page.text).not.toContain(`<code>${route.split(" ")[1]}</code>`);
    // Persly has no plan, no PAYG fallback, and one word for an empty balance; payments are the portal's.
    const absent = ["insufficient_balance", "payg_disabled", "payg_limit_reached", "plan_limit_reached"];
    const portals = ["payment_required", "upstream_failed"];
    for (const code of Object.keys(ERROR_STATUS)) {
      const present = ![...absent, ...portals].includes(code);
      expect(page.text.includes(`id="${code}"`), code).toBe(present);
    }
    expect(page.text).not.toMatch(/<script|<link|(?:src|href)="(?:https?:)?\/\//);
    const anchors = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    for (const id of anchors) expect(page.text, id).toContain(`id="${id}"`);
  });
});

describe("the server", () => {
  it("serves health, readiness and metrics", async () => {
    expect((await api.send("GET", "/healthz")).body).toEqual({ status: "ok" });
    expect((await api.send("GET", "/readyz")).body).toEqual({ status: "ready", catalogue: "persly", version: 1 });
    const metrics = await api.send("GET", "/metrics");
    expect(metrics.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(metrics.text).toContain('tollgate_http_requests_total{route="GET /readyz",status="200"} 1');
    expect(metrics.text).toContain("tollgate_gate_batch_calls_bucket");
  });

  it("has no echo", async () => {
    expectProblem(await api.send("POST", "/v1/echo", { body: {} }), 404, "not_found");
  });
});
