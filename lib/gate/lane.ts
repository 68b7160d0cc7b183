/**
 * A lane decides one batch at a time; the calls that arrive in the meantime go together in the next. When they have
 * become as many as those being decided they are sent ahead and wait at the database, which then never waits for this
 * process. Calls of one organization are always in one lane, in their order of arrival.
 */
import { TollgateError } from "@/lib/kernel/errors";
import { conflictKey, type Operation, type Outcome } from "./operation";

export type Waiting = {
  operation: Operation;
  since: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
  /** Its organization was locked by another session when it was last tried. */
  busy?: boolean;
};
/** Decides a batch; what it gives back (busy organizations) is queued again. */
export type RunBatch = (batch: Waiting[]) => Promise<Waiting[]>;

export const MOST_WAITING = 20_000;
export const MOST_WAITING_PER_ORGANIZATION = 5_000;
/** Fewer than this are not sent ahead: with little to do, one larger batch costs less than two. */
export const LEAST_AHEAD = 32;

export class Lane {
  private queue: Waiting[] = [];
  private readonly perOrganization = new Map<string, number>();
  /** Everything that is not answered yet: queued, behind another call, or in the database. */
  private unanswered = 0;
  /** Calls with the conflict key of one that is queued or in the database wait here for it. */
  private readonly behind = new Map<string, Waiting[]>();
  private readonly batches = new Set<Promise<void>>();
  /** So many that wait are sent ahead of the running batch's answer. */
  private enough = Number.POSITIVE_INFINITY;

  constructor(
    private readonly run: RunBatch,
    private readonly mostInBatch: number,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  /** Errors: overloaded, at once, when the queue of the organization or of the lane is full. */
  add(waiting: Waiting): void {
    const { organizationId } = waiting.operation;
    const count = this.perOrganization.get(organizationId) ?? 0;
    if (this.unanswered >= MOST_WAITING || count >= MOST_WAITING_PER_ORGANIZATION) {
      waiting.reject(
        new TollgateError("overloaded", "Too many calls are waiting. Retry with the same key.", { retryAfter: 1 }),
      );
      return;
    }
    this.perOrganization.set(organizationId, count + 1);
    this.unanswered += 1;
    const key = conflictKey(waiting.operation);
    const line = this.behind.get(key);
    if (line) line.push(waiting);
    else {
      this.behind.set(key, []);
      this.queue.push(waiting);
    }
    this.next(true);
  }

  /** Resolves when nothing waits and nothing is in the database. */
  async idle(): Promise<void> {
    while (this.batches.size > 0) await Promise.all(this.batches);
  }

  private next(arriving: boolean): void {
    if (this.queue.length === 0) return;
    if (this.batches.size > (this.queue.length >= this.enough ? 1 : 0)) return;
    const batch = this.pump(arriving && this.batches.size === 0).finally(() => {
      this.batches.delete(batch);
      this.next(false);
    });
    this.batches.add(batch);
  }

  private async pump(arriving: boolean): Promise<void> {
    if (arriving) {
      // The calls that arrive in this turn of the event loop start together.
      this.enough = Number.POSITIVE_INFINITY;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    const batch = this.take();
    this.enough = Math.max(LEAST_AHEAD, batch.length);
    const again = await this.run(batch);
    const kept = new Set(again);
    for (const waiting of batch) if (!kept.has(waiting)) this.done(waiting);
    // What goes round again keeps its place before everything that came later.
    this.queue.unshift(...again);
  }

  private done({ operation }: Waiting): void {
    this.unanswered -= 1;
    const count = (this.perOrganization.get(operation.organizationId) ?? 1) - 1;
    if (count > 0) this.perOrganization.set(operation.organizationId, count);
    else this.perOrganization.delete(operation.organizationId);
    const key = conflictKey(operation);
    const next = this.behind.get(key)?.shift();
    if (next) this.queue.push(next);
    else this.behind.delete(key);
  }

  /** Everything when it fits; else one of each organization in turn, so that a busy one does not push others out. */
  private take(): Waiting[] {
    if (this.queue.length <= this.mostInBatch) {
      const all = this.queue;
      this.queue = [];
      return all;
    }
    const lines = new Map<string, Waiting[]>();
    for (const waiting of this.queue) {
      const { organizationId } = waiting.operation;
      const line = lines.get(organizationId);
      if (line) line.push(waiting);
      else lines.set(organizationId, [waiting]);
    }
    const batch: Waiting[] = [];
    for (let turn = 0; batch.length < this.mostInBatch; turn += 1) {
      for (const line of lines.values()) {
        const waiting = line[turn];
        if (waiting && batch.length < this.mostInBatch) batch.push(waiting);
      }
    }
    const taken = new Set(batch);
    this.queue = this.queue.filter((waiting) => !taken.has(waiting));
    return batch;
  }
}
