/** A page that a catalogue does not offer is a 404 at each of its addresses, and every other page stays. */
import { describe, expect, it, vi } from "vitest";
import type { PortalRequest } from "@/lib/adapters/portal/session";
import { currentCatalogue, presetNames, readCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { organizationPublicId } from "@/lib/kernel/ids";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { organizationPaths } from "@/lib/kernel/paths";
import { gatewayApi } from "../fixtures/gateway";

const asked = new Headers();
vi.mock("next/headers", () => ({ headers: async () => asked }));

const api = await gatewayApi("persly");
const presets = await presetNames();
const NOT_FOUND = "NEXT_HTTP_ERROR_FALLBACK;404";
/** The pages that a catalogue leaves out; the test of each preset fails when one appears or goes. */
const WITHOUT: Record<string, string[]> = {
  apertis: ["runs"],
  humalike: ["runs", "subscription"],
  persly: ["runs", "subscription"],
  pleyor: [],
  "token-packs": ["runs"],
};

async function portalOf(catalogue: Catalogue): Promise<PortalRequest> {
  const customer = await api.customer();
  return {
    ctx: api.contextOf(customer),
    session: {} as PortalRequest["session"],
    catalogue,
    paths: organizationPaths(organizationPublicId(customer.organizationId), catalogue.places),
  };
}

describe("a page that the catalogue does not offer", () => {
  it.each(presets)("is a 404, and every other page stays: %s", async (name) => {
    const { requireOffered } = await import("@/lib/adapters/portal/offered");
    const portal = await portalOf(await readCatalogue(name));
    const missing: string[] = [];
    for (const [page, address] of Object.entries(portal.paths)) {
      if (typeof address !== "string") continue;
      asked.set(PAGE_HEADER, address.split("#")[0] ?? "");
      await requireOffered(portal).catch((error: Error) => {
        expect(error.message).toContain(NOT_FOUND);
        missing.push(page);
      });
    }
    expect(missing.sort()).toEqual(WITHOUT[name]);
  });

  it("is a 404 of purchases and of auto top-up where nothing is sold", async () => {
    const { requireOffered } = await import("@/lib/adapters/portal/offered");
    const portal = await portalOf({ ...currentCatalogue().catalogue, topUp: null, autoTopUp: null });
    for (const page of ["addFunds", "autoTopUp"] as const) {
      asked.set(PAGE_HEADER, portal.paths[page]);
      await expect(requireOffered(portal)).rejects.toThrow(NOT_FOUND);
    }
  });

  it("stays where the catalogue has plans", async () => {
    const { requireOffered } = await import("@/lib/adapters/portal/offered");
    const plans = [{ id: "old" }] as unknown as Catalogue["plans"];
    const portal = await portalOf({ ...currentCatalogue().catalogue, plans });
    asked.set(PAGE_HEADER, portal.paths.subscription);
    await expect(requireOffered(portal)).resolves.toBeUndefined();
  });
});
