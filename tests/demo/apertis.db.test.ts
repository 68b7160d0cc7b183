import { describe, expect, it } from "vitest";
import { database } from "@/lib/platform/db";
import { costHints } from "@/lib/usage";
import { ownerRows } from "../fixtures/ledger";
import { demoTests } from "./demo-tests";

demoTests("apertis");

describe("the demo of apertis", () => {
  it("has hints on costs: cheaper models, and prompts that a cache would have answered", async () => {
    const [own] = await ownerRows<{ id: string }>("SELECT id FROM organization WHERE external_id = 'demo'");
    const actor = { type: "operator" } as const;
    const ctx = { actor, db: database(), now: new Date(), organizationId: own?.id ?? "" };
    const found = await costHints(ctx);
    expect(found.models.length).toBeGreaterThan(1);
    expect(found.caching?.most.length).toBeGreaterThan(3);
  });
});
