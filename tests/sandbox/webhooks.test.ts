import { mkdtempSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type Stripe from "stripe";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "@/sandbox/start";
import { localStripe } from "../fixtures/sandbox";

const folder = mkdtempSync(path.join(tmpdir(), "sandbox-"));
const file = path.join(folder, "objects.jsonl");
const { stripe, test } = await localStripe();
let seen: { event: Stripe.Event; signature: string; body: string }[] = [];

beforeEach(async () => {
  await test.webhooks("deliver");
  await test.delivered();
  seen = [];
  test.onWebhook(async (request) => {
    const body = await request.text();
    const signature = request.headers.get("stripe-signature") ?? "";
    seen.push({ event: stripe.webhooks.constructEvent(body, signature, test.secret), signature, body });
    return new Response();
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const namesOf = () => seen.map(({ event }) => (event.data.object as Stripe.Customer).name);
const customer = (name: string) => stripe.customers.create({ name });

describe("a webhook", () => {
  it("is signed over its bytes, and holds the object as it was then", async () => {
    const made = await customer("before");
    await stripe.customers.update(made.id, { name: "after" });
    await test.delivered();
    expect(namesOf().sort()).toEqual(["after", "before"]);
    const [first] = seen;
    expect(() => stripe.webhooks.constructEvent(`${first?.body} `, first?.signature ?? "", test.secret)).toThrow();
    expect((await stripe.events.retrieve(first?.event.id ?? "")).type).toBe(first?.event.type);
    expect((await stripe.events.list({ types: ["customer.updated"] })).data[0]).toMatchObject({
      api_version: expect.any(String),
      data: { object: { name: "after" } },
    });
  });

  it("is sent again after a failure", async () => {
    let tries = 0;
    test.onWebhook(() => new Response(null, { status: ++tries === 1 ? 500 : 200 }));
    await customer("again");
    await test.delivered();
    expect(tries).toBe(1);
    await test.flush();
    expect(tries).toBe(2);
    await test.flush();
    expect(tries).toBe(2);
  });

  it("is held, doubled, shuffled or first, as a test wants", async () => {
    await test.webhooks("hold");
    await customer("held");
    await test.delivered();
    expect(namesOf()).toEqual([]);
    await test.flush();
    expect(namesOf()).toEqual(["held"]);
    await test.webhooks("duplicate");
    await customer("double");
    await test.delivered();
    expect(namesOf().filter((name) => name === "double")).toHaveLength(2);
    await test.webhooks("first");
    await customer("first");
    expect(namesOf()).toContain("first");
    await test.webhooks("shuffle");
    await Promise.all(["a", "b", "c"].map(customer));
    await test.delivered();
    expect(
      namesOf()
        .filter((name) => name && "abc".includes(name))
        .sort(),
    ).toEqual(["a", "b", "c"]);
  });

  it("is signed with both secrets while they change", async () => {
    const other = "whsec_another0123456789";
    const event = { id: "evt_1", object: "event" };
    for (const secret of [test.secret, other]) {
      const request = test.signed(event, { secret });
      const signature = request.headers.get("stripe-signature") ?? "";
      expect(stripe.webhooks.constructEvent(await request.text(), signature, secret).id).toBe("evt_1");
    }
  });
});

describe("a restart of the stand-in", () => {
  it("keeps objects, keys and responses, and a line that was cut off does no harm", async () => {
    const first = await startSandbox({ file });
    const headers = { authorization: `Bearer ${first.key}`, "idempotency-key": "restart" };
    const make = async ({ url }: { url: string }, body: string, key = "restart") =>
      fetch(`${url}/v1/customers`, { method: "POST", headers: { ...headers, "idempotency-key": key }, body });
    const made = await (await make(first, "name=kept")).json();
    await first.close();
    await appendFile(file, '[{"kind":"customer","id":"cus_half"');
    const second = await startSandbox({ file });
    expect([second.key, second.secret]).toEqual([first.key, first.secret]);
    const found = await fetch(`${second.url}/v1/customers/${made.id}`, { headers });
    expect(await found.json()).toMatchObject({ name: "kept" });
    const replayed = await make(second, "name=kept");
    expect([replayed.headers.get("idempotent-replayed"), (await replayed.json()).id]).toEqual(["true", made.id]);
    await make(second, "name=later", "another");
    await second.close();
    const third = await startSandbox({ file });
    const { data } = await (await fetch(`${third.url}/v1/customers?limit=1`, { headers })).json();
    expect(data[0].name).toBe("later");
    await third.close();
  });
});
