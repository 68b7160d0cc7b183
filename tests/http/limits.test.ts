/** The page of limits shows what the API really limits: the same constants, the organization's own counts. */
import { expect, it, vi } from "vitest";
import type { PortalRequest } from "@/lib/adapters/portal/session";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import { organizationPaths } from "@/lib/kernel/paths";
import { gatewayApi } from "../fixtures/gateway";

vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

const api = await gatewayApi("apertis");

it("the page of limits says the policy that the API's answers carry, and refuses a body of a byte more", async () => {
  const { limitsOf } = await import("@/lib/adapters/portal/limits");
  const customer = await api.customer();
  const { catalogue } = currentCatalogue();
  const paths = organizationPaths(organizationPublicId(customer.organizationId), catalogue.places);
  const portal: PortalRequest = { ctx: api.contextOf(customer), session: {} as never, catalogue, paths };
  const limits = await limitsOf(portal);
  const said = limits.rates.find(({ name }) => name === "key");
  const answer = await api.send("GET", "/v1/balance", { token: customer.key });
  expect(answer.headers.get("ratelimit-policy")).toBe(`"key";q=${said?.quota};w=${said?.windowSeconds}`);
  const large = { key: customer.key, endpoint: "x".repeat(limits.bodyBytes) };
  expect((await api.send("POST", "/v1/quotes", { token: customer.key, body: large })).status).toBe(413);
  expect(limits.quotas.find(({ what }) => what === "keys")).toEqual({ what: "keys", used: 1, most: null });
  expect(limits.plans.columns).toEqual(["members", "keys"]);
  expect(limits.plans.rows.map(({ name, limits }) => [name, ...limits])).toEqual([
    ["Basic", 3, 10],
    ["Pro", 25, 100],
  ]);
});
