/** The webhook inbox: who may post, what is kept, and that nothing that was answered is lost. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apiFetch } from "@/lib/adapters/http/app";
import { newId } from "@/lib/kernel/ids";
import { listWebhookEvents, replayEvent } from "@/lib/payments";
import { claimEvent } from "@/lib/payments/inbox/event-store";
import { env } from "@/lib/platform/env";
import { many } from "../fixtures/call";
import { ownerRows } from "../fixtures/ledger";
import { type OwnedOrganization, ownedOrganization } from "../fixtures/organization";
import { applyEvents, buy, grantsOfPayments, stripeShop } from "../fixtures/payment";

const { ctx, test } = await stripeShop();
const secret = env().STRIPE_WEBHOOK_SECRET as string;
const seconds = (ahead = 0) => Math.floor(Date.now() / 1_000) + ahead;
const event = (own: object = {}) => ({
  id: `evt_${newId()}`,
  object: "event",
  type: "payment_intent.succeeded",
  created: seconds(),
  data: { object: { id: `pi_${newId()}`, object: "payment_intent", metadata: {} } },
  ...own,
});
const post = async (body: object, how: { secret?: string; seconds?: number } = {}) =>
  (await apiFetch(test.signed(body, how))).status;
const rowOf = async (id: string) => {
  const sql = "SELECT state, attempts, error FROM webhook_event WHERE id = $1";
  return (await ownerRows<{ state: string; attempts: number; error: string | null }>(sql, [id]))[0];
};

let own: OwnedOrganization;
beforeEach(async () => {
  await test.noFaults();
  await test.webhooks("deliver");
  own = await ownedOrganization(ctx);
});
afterEach(() => {
  env().STRIPE_WEBHOOK_SECRET = secret;
});

describe("the webhook route", () => {
  it("accepts a recent signature with the secret, and no other", async () => {
    expect(await post(event())).toBe(200);
    expect(await post(event(), { secret: "whsec_another_secret_of_somebody" })).toBe(400);
    for (const apart of [-301, 301, -86_400, 86_400])
      expect(await post(event(), { seconds: seconds(apart) })).toBe(400);
    for (const apart of [-295, 295]) expect(await post(event(), { seconds: seconds(apart) })).toBe(200);
  });

  it("refuses a missing or broken signature, and a body that was not signed", async () => {
    const url = "http://portal.test/webhooks/stripe";
    const body = JSON.stringify(event());
    const header = test.signed(JSON.parse(body)).headers.get("stripe-signature") ?? "";
    const send = async (signature: string | null, text = body) => {
      const headers = new Headers(signature === null ? {} : { "stripe-signature": signature });
      return (await apiFetch(new Request(url, { method: "POST", body: text, headers }))).status;
    };
    for (const wrong of [null, "", "t=,v1=", `t=${seconds()}`, "t=NaN,v1=00", `t=${seconds()},v1=${"0".repeat(64)}`]) {
      expect(await send(wrong)).toBe(400);
    }
    expect(await send(header, body.replace("succeeded", "canceled"))).toBe(400);
    expect(await send(header, `${body} `)).toBe(400);
    expect(await send(header)).toBe(200);
    expect(await send("t=1,v1=0", "x".repeat(1_000_001))).toBe(413);
  });

  it("refuses an old event beside a time of today", async () => {
    const old = test.signed(event(), { seconds: seconds(-86_400) });
    const signed = old.headers.get("stripe-signature") ?? "";
    const body = await old.text();
    for (const header of [`t=${seconds()},${signed}`, `${signed},t=${seconds()}`, `t=${seconds()},x=1,${signed}`]) {
      const headers = { "stripe-signature": header };
      expect((await apiFetch(new Request(old.url, { method: "POST", body, headers }))).status).toBe(400);
    }
  });

  it("accepts either of two secrets while one replaces the other, and never an empty one", async () => {
    env().STRIPE_WEBHOOK_SECRET = "whsec_the_new_one_0123456789";
    expect(await post(event())).toBe(400);
    env().STRIPE_WEBHOOK_SECRET = `whsec_the_new_one_0123456789, ${secret}`;
    expect(await post(event())).toBe(200);
    expect(await post(event(), { secret: "whsec_the_new_one_0123456789" })).toBe(200);
    for (const empty of ["", ",", " , ", "short"]) {
      env().STRIPE_WEBHOOK_SECRET = empty;
      for (const guess of ["", " ", ",", "short"]) expect(await post(event(), { secret: guess })).toBe(400);
    }
  });
});

describe("the inbox", () => {
  it("keeps a name with a backslash as it was typed, and no NUL", async () => {
    const typed = String.raw`\u0000q \\u0000 \n`;
    const one = event({ data: { object: { id: "ch_1", object: "charge", name: `${typed}\0.` } } });
    expect(await post(one)).toBe(200);
    const [row] = await ownerRows<{ name: string }>(
      "SELECT payload #>> '{data,object,name}' AS name FROM webhook_event WHERE id = $1",
      [one.id],
    );
    expect(row?.name).toBe(`${typed}.`);
  });

  it("keeps each event once, however often it is posted", async () => {
    const one = event();
    expect(await Promise.all(many(5, () => post(one)))).toEqual(many(5, () => 200));
    expect(await ownerRows("SELECT id FROM webhook_event WHERE id = $1", [one.id])).toHaveLength(1);
    await applyEvents(ctx);
    expect(await rowOf(one.id)).toMatchObject({ state: "ignored" });
  });

  it.each([
    ["of a kind that we do not know", event({ type: "x.y", data: { object: { id: "x_1", object: "constructor" } } })],
    ["without an object", event({ type: "x.y", data: {} })],
    ["with a NUL in it", event({ data: { object: { id: "pi_1", object: "payment_intent", note: "\0" } } })],
    [
      "of somebody else's payment",
      event({
        data: {
          object: { id: "pi_2", object: "payment_intent", metadata: { organization: newId(), payment: newId() } },
        },
      }),
    ],
  ])("keeps an event %s once, and ignores it", async (_, strange) => {
    expect(await post(strange)).toBe(200);
    await applyEvents(ctx);
    expect(await rowOf(strange.id)).toMatchObject({ state: "ignored" });
  });

  it("keeps an event that could not be applied, tries it again later, and can replay it", async () => {
    const { payment, redirect } = await buy(own);
    await test.checkout(redirect);
    await test.delivered();
    await test.fault("GET /v1/checkout/sessions/:id", "503", 99);
    await test.fault("GET /v1/payment_intents/:id", "503", 99);
    const at = new Date();
    expect(new Set(await applyEvents(ctx, at))).toContain("failed");
    expect(await grantsOfPayments(own)).toEqual([]);
    const [failing] = (await listWebhookEvents(ctx, { state: "received" })).filter(({ error }) => error !== null);
    expect(failing).toMatchObject({ attempts: 1, error: expect.stringContaining("does not respond") });
    expect(await applyEvents(ctx, at)).toEqual([]);
    await test.noFaults();
    await applyEvents(ctx, new Date(at.getTime() + 10_000));
    expect(await grantsOfPayments(own)).toEqual([200]);
    await replayEvent(ctx, { id: failing?.id ?? "" });
    expect(await applyEvents(ctx)).toEqual(["applied"]);
    expect(await grantsOfPayments(own)).toEqual([200]);
    expect(payment).toMatch(/^pay_/);
  });

  it("keeps an event when the worker died between taking it and applying it", async () => {
    const { redirect } = await buy(own);
    await test.checkout(redirect);
    await test.delivered();
    // A worker took them all and was killed: they are leased, and come back when the lease is over.
    while (await claimEvent(ctx, null, 180));
    expect(await applyEvents(ctx)).toEqual([]);
    expect(await grantsOfPayments(own)).toEqual([]);
    await applyEvents(ctx, new Date(Date.now() + 181_000));
    expect(await grantsOfPayments(own)).toEqual([200]);
  });

  it("can be replayed by operators only", async () => {
    await expect(replayEvent(own.owner, { id: "evt_1" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(replayEvent(ctx, { id: "evt_none" })).rejects.toMatchObject({ code: "not_found" });
  });
});
