/** Who sets the alerts of an organization, what is refused, and that the audit log says it. */
import { describe, expect, it } from "vitest";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { presetInstallation } from "@/tests/fixtures/catalogue";
import { memberOf, organization } from "@/tests/fixtures/organization";
import { readAlerts, setAlerts, setOwnAlerts } from "./index";

const ctx = await presetInstallation("apertis");

describe("the rule of alerts", () => {
  it("sends mails about levels until an owner or admin changes it", async () => {
    const who = await organization(ctx);
    const [owner, admin] = [await memberOf(who, "owner"), await memberOf(who, "admin")];
    expect(await readAlerts(owner)).toEqual({ levels: true, threshold: null, own: true });
    await setAlerts(owner, { levels: "on", threshold: "25.5" });
    expect(await readAlerts(admin)).toEqual({ levels: true, threshold: "25.5", own: true });
    await setAlerts(admin, {});
    expect(await readAlerts(owner)).toEqual({ levels: false, threshold: null, own: true });
  });

  it("is in the audit log, each change once", async () => {
    const who = await organization(ctx);
    const owner = await memberOf(who, "owner");
    const at = (ms: number) => ({ ...owner, now: new Date(owner.now.getTime() + ms) });
    await setAlerts(owner, { levels: "on", threshold: "25" });
    await setAlerts(at(1), { levels: "on", threshold: "25.00" });
    await setAlerts(at(2), { threshold: "30" });
    const { data } = await listAudit(at(3), auditQuery.parse({ action: "alert.changed" }));
    expect(data.map(({ before, after }) => [before, after])).toEqual([
      [
        { levels: true, threshold: "25" },
        { levels: false, threshold: "30" },
      ],
      [null, { levels: true, threshold: "25" }],
    ]);
  });

  it.each(["developer", "viewer"] as const)("may not be changed by a %s", async (role) => {
    const who = await organization(ctx);
    const member = await memberOf(who, role);
    await expect(setAlerts(member, { threshold: "1" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await readAlerts(member)).toEqual({ levels: true, threshold: null, own: null });
  });

  it("is not found for an owner of another organization", async () => {
    const [who, other] = [await organization(ctx), await organization(ctx)];
    const stranger = { ...(await memberOf(other, "owner")), organizationId: who.organizationId };
    await expect(readAlerts(stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(setAlerts(stranger, { threshold: "1" })).rejects.toMatchObject({ code: "not_found" });
    await expect(setOwnAlerts(stranger, {})).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["0", "0.00", "1.0000000001", "999999999999999999"])(
    "is refused with the threshold %s",
    async (threshold) => {
      const owner = await memberOf(await organization(ctx), "owner");
      const refused = { code: "validation_failed", details: { field: "threshold" } };
      await expect(setAlerts(owner, { levels: "on", threshold })).rejects.toMatchObject(refused);
    },
  );
});

describe("a member's own choice", () => {
  it("is for one organization, and in the audit log", async () => {
    const who = await organization(ctx);
    const [owner, admin] = [await memberOf(who, "owner"), await memberOf(who, "admin")];
    await setOwnAlerts(admin, {});
    expect((await readAlerts(admin)).own).toBe(false);
    expect((await readAlerts(owner)).own).toBe(true);
    await setOwnAlerts({ ...admin, now: new Date(admin.now.getTime() + 1) }, { mails: "on" });
    expect((await readAlerts(admin)).own).toBe(true);
    const { data } = await listAudit(owner, auditQuery.parse({ action: "member.mails_changed" }));
    expect(data.map(({ before, after }) => [before?.mails, after?.mails])).toEqual([
      [false, true],
      [true, false],
    ]);
  });
});
