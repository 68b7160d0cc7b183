/** Auto top-up: bought within a second or two of the call that crossed the threshold, and why it waits told by mail. */
import { now } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";
import { mailNotices, runAutoTopUps } from "@/lib/topup";
import { type Poller, startPoller } from "./poller";

const LOOK_MS = 1_000;
const context = () => ({ actor: { type: "job" }, now: now(), db: database() }) as const;

export function startAutoTopUps(): Poller {
  return startPoller({
    everyMs: LOOK_MS,
    work: async () => {
      const looked = await runAutoTopUps(context());
      const told = await mailNotices(context());
      return looked + told > 0;
    },
    failed: "auto top-ups were not looked at this time",
  });
}
