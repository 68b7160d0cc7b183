/**
 * Balances as they move, as server-sent events. However many streams are open, one query looks after all of them; only
 * what has moved is read. There is no NOTIFY behind it: inside a batch of the gate that would serialize its commits.
 */
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { balance, balanceAnswer, balanceMarks } from "@/lib/ledger";
import { now } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { perProcess } from "@/lib/platform/holders";
import { isShuttingDown, onShutdown } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";
import { metrics } from "@/lib/platform/metrics";

const POLL_MS = 500;
const PING_MS = 15_000;
const MOST_STREAMS = 2_000;

/** `allowed` is checked at every ping, so the stream of a revoked key ends. */
export type Subscription = { organizationId: string; allowed: () => Promise<boolean> };
type Sink = Subscription & { write(text: string): void; close(): void };
/** The result of the latest read, and its event. */
type Seen = { mark: string; event: string };
type Hub = {
  sinks: Map<string, Set<Sink>>;
  seen: Map<string, Seen>;
  timer: NodeJS.Timeout | undefined;
  busy: boolean;
};

const held = perProcess<Hub>("streams");

function openHub(): Hub {
  const made: Hub = { sinks: new Map(), seen: new Map(), timer: undefined, busy: false };
  onShutdown("streams", () => {
    for (const sinks of made.sinks.values()) for (const sink of [...sinks]) sink.close();
  });
  return made;
}

const hub = () => held.ensure(openHub);

async function eventOf(organizationId: string): Promise<string> {
  const context: Context = { actor: { type: "job" }, organizationId, now: now(), db: database() };
  const answer = balanceAnswer(await balance(context), currentCatalogue().catalogue);
  return `event: balance\ndata: ${JSON.stringify(answer)}\n\n`;
}

async function poll(of: Hub): Promise<void> {
  const ids = [...of.sinks.keys()];
  const rows = await balanceMarks(database(), ids, now());
  for (const { id, mark } of rows) {
    const marked = `${currentCatalogue().version}|${mark}`;
    const seen = of.seen.get(id);
    if (seen?.mark === marked) continue;
    const event = await eventOf(id);
    of.seen.set(id, { mark: marked, event });
    if (event === seen?.event) continue;
    for (const sink of of.sinks.get(id) ?? []) sink.write(event);
  }
}

function start(of: Hub): void {
  of.timer ??= setInterval(async () => {
    if (of.busy) return;
    of.busy = true;
    try {
      await poll(of);
    } catch (error) {
      log.warn({ err: error }, "the balance streams were not looked after");
    } finally {
      of.busy = false;
    }
  }, POLL_MS).unref();
}

function leave(of: Hub, sink: Sink): void {
  const sinks = of.sinks.get(sink.organizationId);
  if (!sinks?.delete(sink)) return;
  metrics().streams.dec();
  if (sinks.size > 0) return;
  of.sinks.delete(sink.organizationId);
  of.seen.delete(sink.organizationId);
  if (of.sinks.size > 0) return;
  clearInterval(of.timer);
  of.timer = undefined;
}

/** The next check compares with the first event of the new stream, so that no change is missed. */
function join(of: Hub, sink: Sink, told: string): void {
  of.seen.set(sink.organizationId, { mark: "", event: told });
  const sinks = of.sinks.get(sink.organizationId) ?? new Set();
  of.sinks.set(sink.organizationId, sinks.add(sink));
  metrics().streams.inc();
  start(of);
}

function sinkOf(of: Hub, subscription: Subscription, controller: ReadableStreamDefaultController<Uint8Array>): Sink {
  const encoder = new TextEncoder();
  const sink: Sink = {
    ...subscription,
    write(text) {
      // A slow reader misses balances in between; the next one is complete.
      if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text));
    },
    close() {
      clearInterval(ping);
      leave(of, sink);
      try {
        controller.close();
      } catch {
        // The reader has gone already.
      }
    },
  };
  const ping = setInterval(async () => {
    if (await subscription.allowed().catch(() => true)) sink.write(": ping\n\n");
    else sink.close();
  }, PING_MS).unref();
  return sink;
}

const QUEUED_EVENTS = 16;

/**
 * Starts with the balance as it is. Errors: not_found, overloaded (too many streams, or the process is shutting down).
 */
export async function balanceStream(subscription: Subscription): Promise<ReadableStream<Uint8Array>> {
  const of = hub();
  let open = 0;
  for (const sinks of of.sinks.values()) open += sinks.size;
  if (isShuttingDown() || open >= MOST_STREAMS)
    throw new TollgateError("overloaded", "There are too many open streams.", { retryAfter: 1 });
  const first = await eventOf(subscription.organizationId);
  let sink: Sink | undefined;
  return new ReadableStream(
    {
      start(controller) {
        sink = sinkOf(of, subscription, controller);
        join(of, sink, first);
        sink.write(`retry: 2000\n${first}`);
      },
      cancel() {
        sink?.close();
      },
    },
    { highWaterMark: QUEUED_EVENTS },
  );
}
