/** What an owner may set, what is refused and at which field, and what is read of it. */
import { describe, expect, it } from "vitest";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { grant } from "@/lib/ledger";
import { readAutoTopUp, setAutoTopUp, switchOffAutoTopUp } from "@/lib/topup";
import { presetInstallation } from "../fixtures/catalogue";
import { ownerRows } from "../fixtures/ledger";
import { atNow, memberOf, organization } from "../fixtures/organization";
import { organizationWithCard } from "../fixtures/recorded-payment";

const ctx = await presetInstallation("apertis");

const withCard = () => organizationWithCard(ctx);

describe("an auto top-up rule by amount", () => {
  it("is off until an owner sets it, and says what it will do", async () => {
    const who = await withCard();
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ enabled: false, state: "off", rule: null, level: "0" });
    await grant(who.ctx, { amount: 30_000_000_000n, kind: "purchased", reason: "g", idempotencyKey: "g" });
    const owner = await memberOf(who, "owner");
    await setAutoTopUp(owner, { threshold: "20", amount: "50.00", monthlyCap: "150" });
    expect(await readAutoTopUp(atNow(who))).toMatchObject({
      enabled: true,
      state: "ready",
      level: "30",
      rule: {
        threshold: "20",
        purchase: { price: { amount: "5000", currency: "USD" }, credit: "50", pack: null },
        monthlyCap: { amount: "15000", currency: "USD" },
        paymentMethod: null,
      },
      month: { charged: { amount: "0", currency: "USD" } },
    });
    await switchOffAutoTopUp({ ...owner, now: new Date(owner.now.getTime() + 1) });
    expect(await readAutoTopUp(atNow(who))).toMatchObject({ enabled: false, state: "off", rule: { threshold: "20" } });
    const { data } = await listAudit(owner, auditQuery.parse({ action: "auto_top_up.changed" }));
    expect(data.map(({ before, after }) => [before?.enabled ?? null, after?.enabled, after?.amount])).toEqual([
      [true, false, "50.00 USD"],
      [null, true, "50.00 USD"],
    ]);
  });

  it("is refused when it would not close the gap, is not sold, or never fits the limit", async () => {
    const { ctx: own } = await withCard();
    const refusals = [
      [{ threshold: "51", amount: "50" }, "threshold"],
      [{ threshold: "1", amount: "4.99" }, "amount"],
      [{ threshold: "1", amount: "10000.01" }, "amount"],
      [{ threshold: "1", amount: "50.001" }, "amount"],
      [{ threshold: "1", pack: "standard" }, "amount"],
      [{ threshold: "1" }, "amount"],
      [{ threshold: "1.0000000001", amount: "50" }, "threshold"],
      [{ threshold: "20", amount: "50", monthlyCap: "49.99" }, "monthlyCap"],
      [{ threshold: "20", amount: "50", paymentMethod: "pm_another" }, "paymentMethod"],
    ] as const;
    for (const [rule, field] of refusals) {
      await expect(setAutoTopUp(own, rule)).rejects.toMatchObject({ code: "validation_failed", details: { field } });
    }
    await setAutoTopUp(own, { threshold: "50", amount: "50", monthlyCap: "50" });
    expect(await readAutoTopUp(own)).toMatchObject({ state: "charging" });
  });

  it("needs a saved card of the same organization", async () => {
    const [bare, other] = [await organization(ctx), await withCard()];
    const rule = { threshold: "20", amount: "50" };
    await expect(setAutoTopUp(bare.ctx, rule)).rejects.toMatchObject({ details: { field: "paymentMethod" } });
    const [card] = await ownerRows<{ id: string }>("SELECT id FROM payment_method WHERE organization_id = $1", [
      other.organizationId,
    ]);
    const paymentMethod = card?.id ?? "";
    await expect(setAutoTopUp(bare.ctx, { ...rule, paymentMethod })).rejects.toMatchObject({
      details: { field: "paymentMethod" },
    });
  });

  it("can be set by owners only, and read by members of its organization only", async () => {
    const [who, other] = [await withCard(), await withCard()];
    for (const role of ["admin", "developer", "viewer"] as const) {
      const member = await memberOf(who, role);
      await expect(setAutoTopUp(member, { threshold: "20", amount: "50" })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(switchOffAutoTopUp(member)).rejects.toMatchObject({ code: "forbidden" });
      expect(await readAutoTopUp(member)).toMatchObject({ state: "off" });
    }
    const owner = await memberOf(who, "owner");
    const elsewhere = { ...owner, organizationId: other.organizationId };
    await expect(readAutoTopUp(elsewhere)).rejects.toMatchObject({ code: "not_found" });
    await expect(setAutoTopUp(elsewhere, { threshold: "20", amount: "50" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(switchOffAutoTopUp(owner)).rejects.toMatchObject({ code: "conflict" });
  });
});
