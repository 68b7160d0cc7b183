/**
 * The jobs, by graphile-worker: in the server's process by default, alone with ROLE=worker. Two workers on one
 * database share the work; each job is safe to run twice.
 */
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import { forgetExpired } from "@/lib/accounts";
import { advanceDue, ensurePartitions, expireHolds } from "@/lib/ledger";
import { reconcileReturns, resolveRefunds } from "@/lib/payments";
import { reconcilePlans } from "@/lib/plans";
import { now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { forgetMails } from "@/lib/platform/mail";
import { startAutoTopUps } from "./auto-top-up";
import { startMailer } from "./mail";
import { startInbox, startSettler } from "./payments";
import { type Poller, startPoller } from "./poller";

const SWEEP_MS = 5_000;

const context = (): InstallationContext => ({ actor: { type: "job" }, now: now(), db: database() });

const tasks: TaskList = {
  advance: async () => {
    const made = await advanceDue(context());
    if (made > 0) log.info({ transactions: made }, "expired grants and renewed plans");
  },
  refunds: async () => {
    const looked = await resolveRefunds(context());
    if (looked > 0) log.info({ refunds: looked }, "looked for refunds of which the provider had said nothing");
  },
  returns: async () => {
    const looked = await reconcileReturns(context());
    if (looked > 0) log.info({ looked }, "looked at refunds and disputes that are not over");
  },
  plans: async () => {
    const looked = await reconcilePlans(context());
    if (looked > 0) log.info({ looked }, "compared plans with the payment provider's");
  },
  partitions: async () => {
    const made = await ensurePartitions(context());
    if (made > 0) log.info({ partitions: made }, "made partitions of the log");
  },
  forget: async () => {
    const rows = await forgetExpired(context());
    const mails = await forgetMails(database(), now());
    if (rows + mails > 0) log.info({ rows, mails }, "removed sessions, links and mails whose time is over");
  },
};

const CRONTAB =
  "* * * * * advance ?max=3\n* * * * * refunds ?max=3\n* * * * * plans ?max=3\n29 * * * * returns ?max=3\n17 3 * * * partitions ?fill=1d&max=5\n41 3 * * * forget ?fill=1d&max=5";

/** Cron is no finer than a minute, and a hold is to end sooner after its expiry, so the sweeper has its own timer. */
function startSweeper(): Poller {
  return startPoller({
    everyMs: SWEEP_MS,
    work: async () => {
      const ended = await expireHolds(context());
      if (ended > 0) log.info({ holds: ended }, "ended expired holds");
      return false;
    },
    failed: "expired holds were not ended this time",
  });
}

export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  await ensurePartitions(context());
  const runner: Runner = await run({
    connectionString: env().DATABASE_URL,
    concurrency: 2,
    noHandleSignals: true,
    crontab: CRONTAB,
    taskList: tasks,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log.warn({ message }, "job runner");
    }),
  });
  const pollers = [startSweeper(), startMailer(), startInbox(), startSettler(), startAutoTopUps()];
  return {
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
      await runner.stop();
    },
  };
}
