import { beforeAll, describe, expect, it } from "vitest";
import { startCatalogue } from "@/lib/catalogue";
import { database } from "@/lib/platform/db";
import type { Store } from "@/sandbox/store";
import { paymentsOfDemo, seededDemo, unpaidCredit } from "../fixtures/demo";
import { brokenInvariants, ownerRows } from "../fixtures/ledger";
import { expectTies } from "./statement-tie";

/** The demo of a catalogue agrees with itself, with its ledger and with the payment provider. */
export function demoTests(catalogue: string): void {
  describe(`the demo of ${catalogue}`, () => {
    let provider: Store;
    beforeAll(async () => {
      ({ store: provider } = await seededDemo(catalogue));
      await startCatalogue(database());
    }, 300_000);

    it("buys all its credit at the provider, which has the same payments", async () => {
      const payments = await paymentsOfDemo();
      const charged = provider.all("payment_intent").filter(({ status }) => status === "succeeded");
      const paid = payments.filter(({ state }) => state === "succeeded");
      const amounts = (of: { amount: number }[]) => of.map(({ amount }) => amount).sort((a, b) => a - b);
      expect(paid.length).toBeGreaterThan(1);
      expect(amounts(paid)).toEqual(amounts(charged));
      expect(await unpaidCredit()).toEqual([]);
    });

    it("has an invoice for each payment", async () => {
      const paid = (await paymentsOfDemo()).filter(({ state }) => state === "succeeded");
      expect(paid.filter(({ invoice }) => invoice === null)).toEqual([]);
    });

    it("has statements that lead from month to month and agree with their files and with the log", async () => {
      const organizations = await ownerRows<{ id: string }>("SELECT id FROM organization ORDER BY created_at");
      const ctx = { actor: { type: "operator" }, db: database(), now: new Date() } as const;
      expect(organizations.length).toBeGreaterThan(2);
      for (const { id } of organizations) await expectTies({ ...ctx, organizationId: id });
    });

    it("leaves a ledger in which every invariant holds", async () => {
      expect(await brokenInvariants({ actor: { type: "operator" }, db: database(), now: new Date() })).toEqual([]);
    });
  });
}
