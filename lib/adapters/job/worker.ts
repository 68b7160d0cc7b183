/**
 * The jobs, by graphile-worker: in the server's process by default, alone with ROLE=worker. Two workers on one
 * database share the work; each job is safe to run twice.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import { forgetExpired } from "@/lib/accounts";
import { expireHolds } from "@/lib/gate";
import { advanceDue, ensurePartitions } from "@/lib/ledger";
import { followCustomers, reconcileReversals, resolveRefunds } from "@/lib/payments";
import { reconcilePlans } from "@/lib/plans";
import { now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { forgetMails } from "@/lib/platform/mail";
import { closeStatements } from "@/lib/statements";
import { startAlerts } from "./alerts";
import { startAutoTopUps } from "./auto-top-up";
import { startMailer } from "./mail";
import { startInbox, startSettler } from "./payments";
import { type Poller, startPoller } from "./poller";

const SWEEP_MS = 5_000;
const RESTART_MS = 1_000;

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
    const looked = await reconcileReversals(context());
    if (looked > 0) log.info({ looked }, "looked at refunds and disputes that are not over");
  },
  plans: async () => {
    const looked = await reconcilePlans(context());
    if (looked > 0) log.info({ looked }, "compared plans with the payment provider's");
  },
  customers: async () => {
    const told = await followCustomers(context());
    if (told > 0) log.info({ customers: told }, "updated names and owners at the payment provider");
  },
  statements: async () => {
    const closed = await closeStatements(context());
    if (closed > 0) log.info({ statements: closed }, "closed statements of months that are over");
  },
  partitions: async () => {
    const made = await ensurePartitions(context());
    if (made > 0) log.info({ partitions: made }, "made partitions of the log");
  },
  forget: async () => {
    const rows = await forgetExpired(context());
    const mails = await forgetMails(database(), now());
    if (rows + mails > 0) log.info({ rows, mails }, "removed expired sessions, links and mails");
  },
};

const CRONTAB =
  "* * * * * advance ?max=3\n* * * * * refunds ?max=3\n* * * * * plans ?max=3\n* * * * * customers ?max=3\n29 * * * * returns ?max=3\n7 * * * * statements ?fill=1h&max=5\n17 3 * * * partitions ?fill=1d&max=5\n41 3 * * * forget ?fill=1d&max=5";

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

function startRunner(): Promise<Runner> {
  return run({
    pgPool: database().runner(),
    // The result of a job is retried while the database is away, or it would be lost.
    preset: { worker: { concurrentJobs: 2, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    crontab: CRONTAB,
    taskList: tasks,
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning") log.warn({ message }, "job runner");
    }),
  });
}

/** The runner gives up after a long loss of the database. It is restarted until the process stops it. */
async function keepRunning(): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let runner = await startRunner();
  const keep = async () => {
    while (!stopping) {
      await runner.promise.catch((error) => log.error({ err: error }, "the job runner ended"));
      if (!stopping) await sleep(RESTART_MS);
      // If the start fails, the ended runner stays here, and the next round starts immediately.
      if (!stopping) runner = await startRunner().catch(() => runner);
    }
    await runner.stop().catch(() => {}); // It may have ended by itself.
  };
  const kept = keep();
  return {
    async stop() {
      stopping = true;
      await runner.stop().catch(() => {});
      await kept;
    },
  };
}

export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  await ensurePartitions(context());
  const runner = await keepRunning();
  const pollers = [startSweeper(), startMailer(), startInbox(), startSettler(), startAutoTopUps(), startAlerts()];
  return {
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()));
      await runner.stop();
    },
  };
}
