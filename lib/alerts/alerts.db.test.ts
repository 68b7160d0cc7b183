/** When a balance that becomes low is mailed, to whom, and that each crossing is told once. */
import { describe, expect, it } from "vitest";
import { charge } from "@/lib/gate";
import { grant } from "@/lib/ledger";
import { setAutoTopUp } from "@/lib/topup";
import { spend } from "@/tests/fixtures/call";
import { creditCatalogue, installation } from "@/tests/fixtures/catalogue";
import { brokenInvariants, ownerRows } from "@/tests/fixtures/ledger";
import { atNow, memberOf, type Organization, organization } from "@/tests/fixtures/organization";
import { organizationWithCard } from "@/tests/fixtures/recorded-payment";
import { raiseAlerts, setAlerts, setOwnAlerts } from "./index";

const catalogue = `${creditCatalogue().replace(
  /levels:[\s\S]*?insufficient:/,
  `levels:
  - { name: normal, above: "100", advice: Continue }
  - { name: low, from: "50", advice: Consider more }
  - { name: warning, from: "20", advice: Buy soon }
  - { name: critical, advice: Buy now }
insufficient:`,
)}
topUp: { minimum: "5.00", maximum: "10000.00", presets: ["5.00"], creditPerPayment: "1" }
autoTopUp: { by: amount, presets: [{ name: Usual, threshold: "20", amount: "50.00" }] }
`;
const real = await installation(catalogue);
const later = (seconds = 0) => ({ ...real, now: new Date(Date.now() + seconds * 1000) });
const look = (seconds = 0) => raiseAlerts(later(seconds));

let calls = 0;
const pay = (who: Organization, credits: number) =>
  charge(real, { ...spend(who, credits), idempotencyKey: `pay ${++calls}`.replace(" ", "-") });
const buy = (who: Organization, amount: bigint) =>
  grant(atNow(who), { amount, kind: "purchased", reason: "bought", idempotencyKey: `buy-${++calls}` });

/** A customer with this credit and an owner, who has made a call and stands normally. */
async function customer(credit: bigint, role: "owner" | "admin" = "owner") {
  const who = await organization(real, { credit: credit + 1n });
  const owner = await memberOf(who, role);
  await pay(who, 1);
  return { ...who, owner, email: await emailOf(owner.actor.userId) };
}
async function emailOf(userId: string): Promise<string> {
  const [row] = await ownerRows<{ email: string }>(`SELECT email FROM "user" WHERE id = $1`, [userId]);
  return row?.email ?? "";
}
const mailsTo = async (email: string) =>
  (
    await ownerRows<{ subject: string }>("SELECT subject FROM mail WHERE recipient = $1 ORDER BY created_at, id", [
      email,
    ])
  ).map(({ subject }) => subject);
const textTo = async (email: string) =>
  (await ownerRows<{ text: string }>("SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC", [email]))[0]?.text;

const LOW = "Balance low: 100 credits left";

describe("a mail about the level", () => {
  it("is sent once when the balance reaches it, however often the job looks", async () => {
    const who = await customer(150n);
    await look();
    expect(await mailsTo(who.email)).toEqual([]);
    await pay(who, 50);
    await look();
    await pay(who, 10);
    await look();
    await look(3600);
    expect(await mailsTo(who.email)).toEqual([LOW]);
  });

  it("names each worse level that the balance reaches, once", async () => {
    const who = await customer(150n);
    for (const credits of [50, 51, 30]) {
      await pay(who, credits);
      await look();
    }
    expect(await mailsTo(who.email)).toEqual([
      LOW,
      "Balance warning: 49 credits left",
      "Balance critical: 19 credits left",
    ]);
  });

  it("is one about critical when the balance falls straight to it", async () => {
    const who = await customer(150n);
    await pay(who, 149);
    await look();
    expect(await mailsTo(who.email)).toEqual(["Balance critical: 1 credit left"]);
  });

  it("is sent again after the balance has recovered by a tenth above the bound", async () => {
    const who = await customer(150n);
    await pay(who, 50);
    await look();
    await buy(who, 11n);
    await look();
    await pay(who, 11);
    await look();
    expect(await mailsTo(who.email)).toEqual([LOW, LOW]);
  });

  it("is not sent again by a balance that flutters around the bound", async () => {
    const who = await customer(150n);
    await pay(who, 50);
    await look();
    for (let round = 0; round < 3; round += 1) {
      await buy(who, 5n);
      await look();
      await pay(who, 5);
      await look();
    }
    expect(await mailsTo(who.email)).toEqual([LOW]);
  });

  it("says what is left, what happens next and how to stop these mails, and leads to what mends it", async () => {
    const who = await customer(150n);
    await pay(who, 141);
    await look();
    const text = await textTo(who.email);
    expect(text).toContain("The balance of Customer has reached the level critical.");
    expect(text).toContain(
      "9 credits left, less than an hour at this week's pace.".replace("less than an hour", "about 1 hour"),
    );
    expect(text).toContain("The API refuses such a call with the code insufficient_credits.");
    expect(text).toContain("Buy now.");
    expect(text).toMatch(/http:\/\/\S+\/billing\/add-funds/);
    expect(text).toMatch(/Change or stop these mails: http:\/\/\S+\/settings#alerts/);
  });

  it("says that calls are refused when nothing is left", async () => {
    const who = await customer(150n, "admin");
    await pay(who, 150);
    await look();
    expect(await mailsTo(who.email)).toEqual(["Balance critical: calls are refused"]);
    expect(await textTo(who.email)).toContain("Ask an owner to do it.");
  });

  it("goes to owners and admins, but not to developers, viewers and members who chose to get none", async () => {
    const who = await customer(150n);
    const [admin, quiet, developer, viewer] = [
      await memberOf(who, "admin"),
      await memberOf(who, "admin"),
      await memberOf(who, "developer"),
      await memberOf(who, "viewer"),
    ];
    await setOwnAlerts(quiet, {});
    await pay(who, 60);
    await look();
    const counts = [who.owner, admin, quiet, developer, viewer].map(
      async ({ actor }) => (await mailsTo(await emailOf(actor.userId))).length,
    );
    expect(await Promise.all(counts)).toEqual([1, 1, 0, 0, 0]);
  });

  it("is not sent while the organization has switched these mails off", async () => {
    const who = await customer(150n);
    await setAlerts({ ...who.owner, now: new Date() }, {});
    await pay(who, 60);
    await look(1);
    expect(await mailsTo(who.email)).toEqual([]);
    await setAlerts({ ...who.owner, now: new Date() }, { levels: "on" });
    await look(1);
    expect(await mailsTo(who.email)).toEqual(["Balance low: 90 credits left"]);
  });

  it("is not sent to a new customer, who has spent nothing yet", async () => {
    const who = await organization(real, { credit: 5n });
    const { actor } = await memberOf(who, "owner");
    await look();
    expect(await mailsTo(await emailOf(actor.userId))).toEqual([]);
    await pay(who, 1); // Still critical, as it was from the beginning.
    await look();
    expect(await mailsTo(await emailOf(actor.userId))).toEqual([]);
  });

  it("is not written for an account without members", async () => {
    const who = await organization(real, { credit: 101n });
    await pay(who, 100);
    await look();
    expect(await ownerRows("SELECT 1 FROM alert WHERE organization_id = $1", [who.organizationId])).toEqual([]);
  });
});

describe("an organization's own alert", () => {
  it("is told once below its threshold, and again after a tenth more than it", async () => {
    const who = await customer(500n);
    await setAlerts({ ...who.owner, now: new Date() }, { levels: "on", threshold: "300" });
    await look(1);
    await pay(who, 200);
    await look();
    expect(await mailsTo(who.email)).toEqual([]);
    await pay(who, 1);
    await look();
    await buy(who, 30n);
    await look();
    await pay(who, 30);
    await look();
    expect(await mailsTo(who.email)).toEqual(["Balance below 300 credits: 299 credits left"]);
    await buy(who, 31n);
    await look();
    await pay(who, 40);
    await look();
    expect((await mailsTo(who.email)).at(-1)).toBe("Balance below 300 credits: 290 credits left");
  });

  it("is told at once when the balance is below a new threshold already", async () => {
    const who = await customer(500n);
    await look();
    await setAlerts({ ...who.owner, now: new Date() }, { threshold: "1000" });
    await look(600);
    expect(await mailsTo(who.email)).toEqual(["Balance below 1,000 credits: 500 credits left"]);
  });

  it("is part of the level's mail when one call crosses both", async () => {
    const who = await customer(500n);
    await setAlerts({ ...who.owner, now: new Date() }, { levels: "on", threshold: "300" });
    await look(1);
    await pay(who, 400);
    await look();
    await look();
    expect(await mailsTo(who.email)).toEqual([LOW]);
  });
});

describe("a mail that auto top-up may mend", () => {
  const charging = async () => {
    const who = await organizationWithCard(real);
    const owner = await memberOf(who, "owner");
    await buy(who, 121n);
    await setAutoTopUp({ ...owner, now: new Date() }, { threshold: "120", amount: "150.00" });
    await pay(who, 71);
    return { ...who, email: await emailOf(owner.actor.userId) };
  };

  it("waits for the charge, and is not sent when the charge adds enough credit", async () => {
    const who = await charging();
    await look();
    await buy(who, 150n);
    await look();
    await look(600);
    expect(await mailsTo(who.email)).toEqual([]);
  });

  it("is sent after two minutes without the credit", async () => {
    const who = await charging();
    await look();
    await look(119);
    expect(await mailsTo(who.email)).toEqual([]);
    await look(121);
    await look(600);
    expect(await mailsTo(who.email)).toEqual(["Balance low: 50 credits left"]);
  });

  it("is sent as soon as the charge has failed", async () => {
    const who = await charging();
    await look();
    const failed =
      "UPDATE auto_top_up SET blocked = 'declined', due_at = now() + interval '1 hour' WHERE organization_id = $1";
    await ownerRows(failed, [who.organizationId]);
    await look();
    expect(await mailsTo(who.email)).toEqual(["Balance low: 50 credits left"]);
    expect(await textTo(who.email)).toContain("is on, but it cannot charge a card now.");
  });
});

describe("the job of alerts", () => {
  it("queues one mail for each crossing when two workers look at once", async () => {
    const who = await Promise.all(Array.from({ length: 5 }, () => customer(150n)));
    await Promise.all(who.map((one) => pay(one, 60)));
    await Promise.all([look(), look(), look()]);
    const mails = await Promise.all(who.map(({ email }) => mailsTo(email)));
    expect(mails).toEqual(who.map(() => ["Balance low: 90 credits left"]));
  });

  it("queues a mail later, once, when its transaction was rolled back", async () => {
    const who = await customer(150n);
    await pay(who, 60);
    const refuse = (on: string) => ownerRows(`ALTER TABLE mail ${on}`);
    await refuse(`ADD CONSTRAINT crash CHECK (recipient <> '${who.email}') NOT VALID`);
    await expect(look()).rejects.toThrow();
    await refuse("DROP CONSTRAINT crash");
    expect(await mailsTo(who.email)).toEqual([]);
    await look();
    await look();
    expect(await mailsTo(who.email)).toEqual(["Balance low: 90 credits left"]);
    expect(await brokenInvariants(real)).toEqual([]);
  });
});
