/** The input of every route: the objects, the clock, new ids, and an event for each change. */
import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { Self } from "./kinds";
import { type Anything, present } from "./present";
import type { Store } from "./store";

export const API_VERSION = "2026-10-28.endive";
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const ID_LENGTH = 24;

type Step = () => void;
type IntentListener = (intent: Stripe.PaymentIntent) => void;

export function randomText(length: number): string {
  // 62 letters do not divide 256: the few bytes above are left out, so that each letter is as likely.
  const bytes = [...randomBytes(length * 2)].filter((byte) => byte < 248).slice(0, length);
  const made = bytes.map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return made.length === length ? made : made + randomText(length - made.length);
}

/** The id of something that may be given whole, as Stripe's types allow. */
export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === "object" ? reference?.id : reference;
}

export class World {
  /** Called with each new event, after its change is kept. */
  onEvent: (event: Stripe.Event) => void = () => {};
  /** The effects of a payment that has ended: a session is complete, an invoice paid. */
  readonly paid: IntentListener[] = [];
  readonly failed: IntentListener[] = [];
  readonly invoicePaid: ((invoice: Stripe.Invoice) => void)[] = [];
  readonly setUp: ((intent: Stripe.SetupIntent) => void)[] = [];
  readonly #later: Step[] = [];

  constructor(
    readonly store: Store,
    private readonly clock: () => Date,
    /** Where the hosted pages are; null when that is the origin to which a session leads back. */
    readonly pages: () => string | null,
    readonly address: () => string,
  ) {}

  self(): Self {
    const kept = this.store.get("self", "self");
    if (kept) return kept;
    return this.store.put("self", {
      id: "self",
      key: `sk_test_sandbox${randomText(ID_LENGTH)}`,
      secret: `whsec_${randomText(32)}`,
      advanced: 0,
      origin: null,
    });
  }

  nowMs(): number {
    return this.clock().getTime() + this.self().advanced * 1_000;
  }

  /** Seconds, as Stripe counts. */
  now(): number {
    return Math.floor(this.nowMs() / 1_000);
  }

  id(prefix: string, length = ID_LENGTH): string {
    return `${prefix}_${randomText(length)}`;
  }

  /** The origin of the hosted pages for someone who comes from `from` and goes back there. */
  pagesFor(from?: string | null): string {
    const own = this.pages();
    if (own) return own;
    const self = this.self();
    if (from && URL.canParse(from)) {
      const { origin } = new URL(from);
      if (origin !== self.origin) this.store.put("self", { ...self, origin });
      return origin;
    }
    return self.origin ?? this.address();
  }

  /** Errors: none. The event holds the object as it is now. */
  emit(type: Stripe.Event["type"], object: Anything, previous?: Record<string, unknown>): void {
    const event = {
      id: this.id("evt"),
      object: "event",
      api_version: API_VERSION,
      created: this.now(),
      data: { object: present(this, object), ...(previous && { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    } as unknown as Stripe.Event;
    this.store.put("event", event);
    this.onEvent(event);
  }

  /** Runs `step` when the request's own work is done: a bank disputes after it has paid. */
  later(step: Step): void {
    this.#later.push(step);
  }

  /** Does the postponed work, and writes everything. */
  settle(): void {
    for (let step = this.#later.shift(); step; step = this.#later.shift()) step();
    this.store.write();
  }
}
