/** Brings events to the webhook: signed as Stripe signs them, again after a failure, and in any way that a test asks for. */
import { createHmac } from "node:crypto";
import type Stripe from "stripe";
import { z } from "zod";
import type { Delivery } from "./kinds";
import type { World } from "./world";

export type Webhook = { url: string; secret: string };
export const modeSchema = z.strictObject({
  /**
   * `hold`: kept until flushed. `duplicate`: each one twice. `shuffle`: the waiting ones, in any order. `delay`:
   * each one `delayMs` later. `first`: before the request that caused it is answered.
   */
  mode: z.enum(["deliver", "hold", "duplicate", "shuffle", "delay", "first"]),
  delayMs: z.int().min(0).max(3_600_000).default(1_000),
});
type Mode = z.output<typeof modeSchema>;

const AT_ONCE = 4;
const SILENCE_MS = 20_000;
/** The pauses after failures; after the last one, the courier gives up. */
const PAUSES_MS = [1, 5, 30, 120, 600, 3_600, 10_800, 43_200].map((seconds) => seconds * 1_000);
const GATHER_MS = 250;

export function signature(payload: string, secret: string, seconds: number): string {
  const signed = createHmac("sha256", secret).update(`${seconds}.${payload}`).digest("hex");
  return `t=${seconds},v1=${signed}`;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const keyed = items.map((item) => ({ item, at: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

export class Courier {
  mode: Mode = { mode: "deliver", delayMs: 0 };
  webhook: Webhook | undefined;
  readonly #world: World;
  readonly #running = new Set<Promise<void>>();
  readonly #inFlight = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(world: World, webhook: Webhook | undefined) {
    this.#world = world;
    this.webhook = webhook;
    this.wake();
  }

  /** Without a webhook events are only kept: they can be listed. */
  take(event: Stripe.Event): void {
    if (!this.webhook) return;
    const { mode, delayMs } = this.mode;
    const wait = mode === "delay" ? delayMs : mode === "shuffle" ? GATHER_MS : 0;
    this.#put(event.id, event.id, mode === "hold" ? "held" : "waiting", wait);
    if (mode === "duplicate") this.#put(`${event.id} again`, event.id, "waiting", 0);
    if (mode !== "hold") setTimeout(() => this.wake(), wait).unref();
  }

  #put(id: string, event: string, state: Delivery["state"], wait: number): void {
    this.#world.store.put("delivery", { id, event, attempts: 0, dueMs: Date.now() + wait, state });
  }

  #due(): Delivery[] {
    const now = Date.now();
    const due = this.#world.store
      .all("delivery")
      .filter((one) => one.state === "waiting" && one.dueMs <= now && !this.#inFlight.has(one.id));
    return this.mode.mode === "shuffle" ? shuffled(due) : due;
  }

  /** Starts the deliveries that are due and may start now. */
  wake(): void {
    if (this.#closed || !this.webhook) return;
    for (const delivery of this.#due()) {
      if (this.#running.size >= AT_ONCE) break;
      this.#inFlight.add(delivery.id);
      const run: Promise<void> = this.#bring(delivery).finally(() => {
        this.#inFlight.delete(delivery.id);
        this.#running.delete(run);
        this.wake();
      });
      this.#running.add(run);
    }
    this.#sleepUntilNext();
  }

  #sleepUntilNext(): void {
    clearTimeout(this.#timer);
    const waiting = this.#world.store
      .all("delivery")
      .filter(({ id, state }) => state === "waiting" && !this.#inFlight.has(id));
    if (waiting.length === 0 || this.#running.size >= AT_ONCE) return;
    const next = Math.min(...waiting.map(({ dueMs }) => dueMs));
    this.#timer = setTimeout(() => this.wake(), Math.max(5, next - Date.now()));
    this.#timer.unref();
  }

  async #bring(delivery: Delivery): Promise<void> {
    const event = this.#world.store.get("event", delivery.event);
    const ok = event !== undefined && (await this.#post(event));
    const attempts = delivery.attempts + 1;
    const pause = PAUSES_MS[attempts - 1];
    const state = pause === undefined ? "given_up" : "waiting";
    if (this.#closed) return;
    if (ok) this.#world.store.remove("delivery", delivery.id);
    else this.#world.store.put("delivery", { ...delivery, attempts, state, dueMs: Date.now() + (pause ?? 0) });
    if (ok && event) this.#world.store.put("event", { ...event, pending_webhooks: 0 });
    this.#world.store.write();
  }

  /** Stripe sends an indented body and signs its bytes. */
  async #post(event: Stripe.Event): Promise<boolean> {
    if (!this.webhook) return false;
    const payload = JSON.stringify(event, null, 2);
    // A webhook is signed when it is sent: by the real clock, wherever the stand-in's was moved.
    const header = this.webhook.secret
      .split(",")
      .map((secret) => signature(payload, secret.trim(), Math.floor(Date.now() / 1_000)))
      .map((one, index) => (index === 0 ? one : one.slice(one.indexOf("v1="))))
      .join(",");
    try {
      const answer = await fetch(this.webhook.url, {
        method: "POST",
        body: payload,
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": header,
          "user-agent": "Stripe/1.0 (sandbox)",
        },
        redirect: "manual",
        signal: AbortSignal.timeout(SILENCE_MS),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** Releases held and waiting deliveries, and resolves when none is in flight. */
  async flush(): Promise<void> {
    for (const delivery of this.#world.store.all("delivery")) {
      if (delivery.state === "held" || delivery.state === "waiting") {
        this.#world.store.put("delivery", { ...delivery, state: "waiting", dueMs: 0 });
      }
    }
    this.#world.store.write();
    this.wake();
    await this.idle();
  }

  /** Sends an event again, delivered or not. */
  again(event: string): void {
    this.#put(`${event} ${this.#world.id("again", 6)}`, event, "waiting", 0);
    this.wake();
  }

  /** Resolves when each delivery that is due has had its try. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running]);
  }

  /** Resolves when each delivery that is due now has had its first try. */
  async settled(): Promise<void> {
    const isNew = ({ state, attempts }: Delivery) => state === "waiting" && attempts === 0;
    while (this.#running.size > 0 || this.#world.store.all("delivery").some(isNew)) {
      this.wake();
      if (this.#running.size > 0) await Promise.race([...this.#running]);
      else await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.idle();
  }
}
