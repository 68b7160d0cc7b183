/**
 * The local Stripe as the demo's customers use it: its clock is the demo's, and the events that it sends are applied
 * at the demo's time. Its file is the one that the server opens later.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { applyNextEvent, receiveEvent } from "@/lib/payments/index";
import type { Database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { runAutoTopUps } from "@/lib/topup/index";
import { bodyOf } from "@/sandbox/answer-api";
import { startSandbox } from "@/sandbox/start";
import { type Visit, visitPage } from "@/sandbox/visit-page";
import { standInFile } from "@/server/payment-stand-in";

export type Provider = {
  /** The origin of its hosted pages. */
  url: string;
  /** Sets its clock, does what is due there, and applies its events. Returns whether there were any. */
  moveTo(db: Database, time: Date): Promise<boolean>;
  /** Charges the cards of the automatic top-ups that are due. Returns whether there were any. */
  topUpDue(db: Database, time: Date): Promise<boolean>;
  /** Pays, or saves a card, at a hosted page. Errors: the page refuses the card. */
  visit(page: string | null, visit?: Visit): Promise<void>;
  /** From now on the saved card behaves like the test card with this number. */
  setCard(id: string, number: string): Promise<void>;
  openDispute(intent: string, reason: string): Promise<string>;
  winDispute(id: string): Promise<void>;
  close(): Promise<void>;
};

/** Stores the events that arrive, as the product's webhook does. */
async function receive(db: () => Database, onEvent: () => void) {
  const server = createServer(async (request, response) => {
    const signature = String(request.headers["stripe-signature"] ?? "");
    // Signed at the real time, whatever the demo's is.
    const ctx = { actor: { type: "job" }, db: db(), now: new Date() } as const;
    await receiveEvent(ctx, { body: await bodyOf(request), signature }).then(
      () => response.writeHead(200).end(),
      () => response.writeHead(500).end(),
    );
    onEvent();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function applyEvents(db: Database, now: Date): Promise<void> {
  for (;;) {
    const result = await applyNextEvent({ actor: { type: "job" }, db, now }, eventHandlers);
    if (result === "none") return;
    if (result === "failed") throw new Error("An event of the demo's payments could not be applied.");
  }
}

/** Starts it, and names it to the product. `databaseUrl` is the one that the server will use. */
export async function openProvider(db: () => Database, databaseUrl: string | undefined): Promise<Provider> {
  let clock = new Date();
  let received = 0;
  const file = standInFile(databaseUrl);
  rmSync(file, { force: true });
  const sandbox = await startSandbox({ file, clock: () => clock });
  const { server, url: webhook } = await receive(db, () => {
    received += 1;
  });
  sandbox.deliverTo(webhook);
  const { url, key, secret } = sandbox;
  Object.assign(env(), { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, STRIPE_API_BASE: url });
  const ask = async <Answer>(path: string, body: object): Promise<Answer> => {
    const answer = await fetch(`${url}/_test${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    async moveTo(opened, time) {
      clock = time;
      sandbox.runDue();
      await sandbox.delivered();
      if (received === 0) return false;
      // Applying an event may cause others.
      for (; received > 0; await sandbox.delivered()) {
        received = 0;
        await applyEvents(opened, time);
      }
      return true;
    },
    async topUpDue(opened, time) {
      return (await runAutoTopUps({ actor: { type: "job" }, db: opened, now: time }, time)) > 0;
    },
    async visit(page, visit = {}) {
      const { error } = await visitPage(page, visit);
      if (error !== undefined) throw new Error(`The demo's payment page says: ${error}`);
    },
    setCard: async (id, number) => void (await ask(`/cards/${id}`, { number })),
    openDispute: async (payment_intent, reason) =>
      (await ask<{ id: string }>("/disputes", { payment_intent, reason })).id,
    winDispute: async (id) => void (await ask(`/disputes/${id}`, { status: "won" })),
    async close() {
      await sandbox.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
