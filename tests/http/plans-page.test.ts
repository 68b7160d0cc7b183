/** The page of plans exists where the catalogue has plans. */
import { describe, expect, it, vi } from "vitest";
import type { PortalRequest } from "@/lib/adapters/portal/session";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { organizationPaths } from "@/lib/kernel/paths";
import { gatewayApi } from "../fixtures/gateway";

const asked = new Headers();
vi.mock("next/headers", () => ({ headers: async () => asked }));

const api = await gatewayApi("persly");

async function portalOf(): Promise<PortalRequest> {
  const customer = await api.customer();
  const { catalogue } = currentCatalogue();
  return {
    ctx: api.contextOf(customer),
    session: {} as PortalRequest["session"],
    catalogue,
    paths: organizationPaths(organizationPublicId(customer.organizationId)),
  };
}

describe("the page of plans", () => {
  it("is a 404 where the catalogue has no plans, and every other page stays", async () => {
    const { requireOffered } = await import("@/lib/adapters/portal/page");
    const portal = await portalOf();
    asked.set(PAGE_HEADER, portal.paths.billing);
    await expect(requireOffered(portal)).resolves.toBeUndefined();
    asked.set(PAGE_HEADER, portal.paths.subscription);
    await expect(requireOffered(portal)).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
  });

  it("stays where the catalogue has plans", async () => {
    const { requireOffered } = await import("@/lib/adapters/portal/page");
    const portal = await portalOf();
    asked.set(PAGE_HEADER, portal.paths.subscription);
    const plans = [{ id: "old" }] as unknown as PortalRequest["catalogue"]["plans"];
    await expect(requireOffered({ ...portal, catalogue: { ...portal.catalogue, plans } })).resolves.toBeUndefined();
  });
});
