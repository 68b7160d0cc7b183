/** Mails about a balance that became low: queued within seconds of the call that crossed. */
import { raiseAlerts } from "@/lib/alerts";
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { type Poller, startPoller } from "./poller";

const LOOK_MS = 15_000;

export function startAlerts(): Poller {
  return startPoller({
    everyMs: LOOK_MS,
    work: async () => {
      const told = await raiseAlerts({ actor: { type: "job" }, now: now(), db: database() });
      if (told > 0) log.info({ organizations: told }, "queued mails about low balances");
      return false;
    },
    failed: "low balances were not looked for this time",
  });
}
