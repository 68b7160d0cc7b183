/** Calls of one simulated time, brought to the database together: for demo data and measurements, never for customers. */
import type { Database } from "@/lib/platform/db";
import { runBatch } from "./batch-store";
import { Lane, type Waiting } from "./lane";

const MOST_IN_BATCH = 1_000;

/** A lane whose calls all happen at `at`; a batch that fails, fails for each of its calls. */
export function simulatedLane(db: Database, at: Date): Lane {
  return new Lane(async (batch: Waiting[]) => {
    try {
      const outcomes = await runBatch(
        db.gate,
        batch.map(({ operation }) => operation),
        { now: at },
      );
      for (const [place, outcome] of outcomes.entries()) batch[place]?.resolve(outcome);
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    }
    return [];
  }, MOST_IN_BATCH);
}
