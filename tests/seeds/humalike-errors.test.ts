/** Humalike's "standard error envelope": what every error looks like, and which there are. */
import { describe, expect, it } from "vitest";
import { expectEnvelope, expectProblem, gatewayApi, PROBLEM } from "../fixtures/gateway";

const api = await gatewayApi("humalike");

describe("the standard error envelope", () => {
  it("every error has it, and problem details on request", async () => {
    const customer = await api.customer();
    const wrong = { headers: { accept: "application/problem+json" }, token: "sk_wrong" };
    const anonymous = await api.send("GET", "/v1/balance");
    expectEnvelope(anonymous, 401, "unauthenticated");
    expect(anonymous.headers.get("www-authenticate")).toBe("Bearer");
    expectProblem(await api.send("GET", "/v1/balance", wrong), 401, "unauthenticated");
    expectEnvelope(await api.send("GET", "/v1/nothing"), 404, "not_found");
    expectProblem(await api.send("GET", "/v1/nothing", PROBLEM), 404, "not_found");
    const method = await api.send("GET", "/v1/quotes");
    expectEnvelope(method, 405, "malformed");
    expect(method.headers.get("allow")).toBe("POST");
    expectEnvelope(await api.post("/v1/quotes", "{"), 400, "malformed");
    expectEnvelope(await api.post("/v1/quotes", { endpoint: "personas" }), 422, "validation_failed");
    const item = {
      operation: "charge",
      idempotencyKey: "one",
      key: customer.key,
      endpoint: "personas",
      model: "invent",
      quantities: {},
    };
    const { body } = await api.post<{ results: object[] }>("/v1/batch", { items: [item] });
    expect(body.results).toMatchObject([{ status: 422, body: { error: { code: "validation_failed" } } }]);
  });

  it("its contract names no code that it cannot answer", async () => {
    type Contract = { paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>> };
    const { text, body } = await api.send<Contract>("GET", "/openapi.json");
    const operations = Object.values(body.paths).flatMap((methods) => Object.values(methods));
    const said = operations.flatMap(({ responses }) => Object.values(responses).map(({ description }) => description));
    for (const code of ["payg_disabled", "payg_limit_reached", "plan_limit_reached", "insufficient_balance"]) {
      expect(said.join("\n")).not.toContain(code);
    }
    expect(said.join("\n")).toContain("insufficient_credits");
    expect(text).toContain("Errors are in the operator's own shape unless `Accept` names problem+json");
    const page = await api.send<string>("GET", "/docs");
    expect(page.text).not.toContain('id="payg_disabled"');
    expect(page.text).not.toContain("/api/user/self");
  });
});
