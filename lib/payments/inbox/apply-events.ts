import type { InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { claimEvent, endEvent, failEvent, type InboxEvent } from "./event-store";

/** The object of an event. A handler reads the object's state at the provider. */
export type EventObject = {
  id: string;
  /** Its kind: "payment_intent". */
  object: string;
  customer?: string | { id: string } | null;
  metadata?: Record<string, string> | null;
} & Record<string, unknown>;
export type ProviderEvent = { id: string; type: string; object: EventObject; previous: Record<string, unknown> };
/** Returns false if the event is unused. It may be called again for the same event. */
export type EventHandler = (ctx: InstallationContext, event: ProviderEvent) => Promise<boolean>;
/** By the kind of object. */
export type EventHandlers = Readonly<Record<string, EventHandler>>;

const LEASE_SECONDS = 180;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;
/** About three days of tries, as long as the provider itself posts again. */
const MOST_ATTEMPTS = 80;
const LONGEST_ERROR = 500;

function eventOf({ id, type, payload }: InboxEvent): ProviderEvent | undefined {
  const data = (payload as { data?: { object?: EventObject; previous_attributes?: Record<string, unknown> } }).data;
  const object = data?.object;
  if (typeof object?.object !== "string") return undefined;
  return { id, type, object, previous: data?.previous_attributes ?? {} };
}

async function failed(ctx: InstallationContext, event: InboxEvent, error: unknown): Promise<void> {
  const { id, type, attempts } = event;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
  const over = attempts >= MOST_ATTEMPTS;
  const message = (error as Error).message;
  const facts = { event: id, type, attempts, err: message };
  if (over) log.error(facts, "an event is kept as failed");
  else log.warn(facts, "an event could not be applied and is tried again");
  await failEvent(ctx, id, message.slice(0, LONGEST_ERROR), over ? null : new Date(ctx.now.getTime() + pause));
}

/**
 * Applies the event that waits longest: reads the present state of what it is about and makes ours equal to it, so that
 * neither order nor repetition matters. One that fails is tried again with growing pauses and kept. `at` left out is
 * the database's clock.
 */
export async function applyNextEvent(
  ctx: InstallationContext,
  handlers: EventHandlers,
  at: Date | null = null,
): Promise<"none" | "applied" | "ignored" | "failed"> {
  const stored = await claimEvent(ctx, at, LEASE_SECONDS);
  if (!stored) return "none";
  const event = eventOf(stored);
  const handler = event && Object.hasOwn(handlers, event.object.object) ? handlers[event.object.object] : undefined;
  try {
    const state = event && handler && (await handler(ctx, event)) ? "applied" : "ignored";
    await endEvent(ctx, stored.id, state, ctx.now);
    return state;
  } catch (error) {
    await failed(ctx, stored, error);
    return "failed";
  }
}
