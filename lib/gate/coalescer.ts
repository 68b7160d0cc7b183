/**
 * Brings calls to the database in batches: one commit for all that wait, and each caller is answered after it. One per
 * process.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { TollgateError } from "@/lib/kernel/errors";
import { type Database, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { perProcess } from "@/lib/platform/holders";
import { onShutdown } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";
import { metrics } from "@/lib/platform/metrics";
import type { Pipeline } from "@/lib/platform/pipeline";
import { isUnavailable, SQLSTATE, sqlstateOf } from "@/lib/platform/sqlstate";
import { runBatch } from "./batch-store";
import { Lane, type Waiting } from "./lane";
import type { Operation, Outcome } from "./operation";

const held = perProcess<Coalescer>("coalescer");

const LONGEST_WAIT_MS = 2_000;
const RETRY_MS = 25;
const BUSY_RETRY_MS = 20;

function overloaded(): TollgateError {
  return new TollgateError("overloaded", "The ledger is busy or restarting. Retry with the same key.", {
    retryAfter: 1,
  });
}

/** What a lone operation's error means for its caller. */
function culprit(error: unknown, { operation, resolve, reject }: Waiting): void {
  const code = sqlstateOf(error);
  if (code === SQLSTATE.duplicate) {
    // The key was used by another kind of call, or on another hold.
    const nothing = {
      amount: 0n,
      amountPlan: 0n,
      released: 0n,
      waived: 0n,
      available: 0n,
      expiresAt: 0,
      transactionSeq: 0n,
    };
    resolve({ code: "reused", id: operation.id, ...nothing, detail: null });
  } else if (code.startsWith(SQLSTATE.dataException)) {
    reject(new TollgateError("validation_failed", "A value of this call is out of range; nothing was changed."));
  } else {
    log.error({ err: error }, "a call failed in the ledger");
    reject(new TollgateError("internal", "The call failed; nothing was changed."));
  }
}

export class Coalescer {
  private readonly lanes: Lane[];

  constructor(db: Database, lanes: number, mostInBatch: number) {
    this.lanes = Array.from({ length: lanes }, () => {
      const connection = db.pipeline();
      return new Lane((batch) => this.decide(connection, batch), mostInBatch);
    });
  }

  /** Resolves after the commit that holds the operation's outcome. Errors: overloaded, validation_failed, internal. */
  submit(operation: Operation): Promise<Outcome> {
    const lane = this.lanes[Number.parseInt(operation.organizationId.slice(-4), 16) % this.lanes.length] as Lane;
    return new Promise((resolve, reject) => {
      lane.add({ operation, since: performance.now(), resolve, reject });
    });
  }

  get waiting(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  }

  async idle(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.idle()));
  }

  private async decide(connection: Pipeline, batch: Waiting[]): Promise<Waiting[]> {
    const started = performance.now();
    const again: Waiting[] = [];
    // It does not wait again for a row that was just locked, so that no other call waits behind it.
    await this.attempt(
      connection,
      batch,
      again,
      batch.some(({ busy }) => busy),
    );
    metrics().gateBatchSize.observe(batch.length);
    metrics().gateBatchSeconds.observe((performance.now() - started) / 1_000);
    metrics().gateQueue.set(this.waiting);
    return again;
  }

  private async attempt(connection: Pipeline, batch: Waiting[], again: Waiting[], skipLocked = false): Promise<void> {
    try {
      const outcomes = await runBatch(
        connection,
        batch.map(({ operation }) => operation),
        { skipLocked },
      );
      await this.deliver(batch, outcomes, again);
    } catch (error) {
      await this.recover(error, connection, batch, again, skipLocked);
    }
  }

  private async deliver(batch: Waiting[], outcomes: Outcome[], again: Waiting[]): Promise<void> {
    let busy = false;
    for (let i = 0; i < batch.length; i += 1) {
      const waiting = batch[i] as Waiting;
      const outcome = outcomes[i] as Outcome;
      if (outcome.code === "again") again.push(waiting);
      else if (outcome.code !== "busy") waiting.resolve(outcome);
      else if (performance.now() - waiting.since > LONGEST_WAIT_MS) waiting.reject(overloaded());
      else {
        busy = true;
        waiting.busy = true;
        again.push(waiting);
      }
    }
    if (busy) await sleep(BUSY_RETRY_MS);
  }

  private async recover(
    error: unknown,
    connection: Pipeline,
    batch: Waiting[],
    again: Waiting[],
    skippedLocked: boolean,
  ): Promise<void> {
    if (sqlstateOf(error) === SQLSTATE.lockTimeout && !skippedLocked) {
      metrics().gateRetries.inc({ reason: "lock" });
      return this.attempt(connection, batch, again, true);
    }
    if (isUnavailable(error)) {
      // The commit may or may not have happened: the same keys find out.
      metrics().gateRetries.inc({ reason: "connection" });
      log.warn({ err: (error as Error).message, calls: batch.length }, "a batch is sent again");
      for (const waiting of batch) {
        if (performance.now() - waiting.since > LONGEST_WAIT_MS) waiting.reject(overloaded());
        else again.push(waiting);
      }
      await sleep(RETRY_MS + Math.floor(performance.now() % RETRY_MS));
      return;
    }
    const [only] = batch;
    if (batch.length === 1 && only) return culprit(error, only);
    const half = batch.length >> 1;
    await this.attempt(connection, batch.slice(0, half), again);
    await this.attempt(connection, batch.slice(half), again);
  }
}

function start(): Coalescer {
  const made = new Coalescer(database(), env().GATE_LANES, env().GATE_BATCH);
  onShutdown("drain", () => made.idle());
  onShutdown("close", () => {
    held.take();
  });
  return made;
}

export const coalescer = () => held.ensure(start);
