/** Receives the payment provider's events. The signature covers the bytes, so the body is read unchanged. */
import { receiveEvent } from "@/lib/payments";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { readBytes } from "../request";
import { app } from "../route";
import { dataHeaders } from "../security-headers";

app.post("/webhooks/stripe", async (c) => {
  const body = await readBytes(c.req, c.env);
  const ctx = { actor: { type: "job" }, now: now(), db: database() } as const;
  await receiveEvent(ctx, { body: body.toString("utf8"), signature: c.req.header("stripe-signature") ?? null });
  return new Response('{"received":true}', { headers: { ...dataHeaders(), "content-type": "application/json" } });
});
