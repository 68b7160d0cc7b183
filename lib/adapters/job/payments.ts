/** Incoming money: events of the provider, and payments without news. */
import { applyNextEvent, settleDue } from "@/lib/payments";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { eventHandlers } from "../webhook/handlers";
import { type Poller, startPoller } from "./poller";

const LOOK_MS = 500;
const context = () => ({ actor: { type: "job" }, now: now(), db: database() }) as const;

export function startInbox(): Poller {
  return startPoller({
    everyMs: LOOK_MS,
    work: async () => (await applyNextEvent(context(), eventHandlers)) !== "none",
    failed: "events of the payment provider were not applied this time",
  });
}

export function startSettler(): Poller {
  return startPoller({
    everyMs: LOOK_MS,
    work: async () => (await settleDue(context())) > 0,
    failed: "payments were not settled this time",
  });
}
