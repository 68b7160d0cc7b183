/**
 * What must happen before this process may end. Streams are closed first (they never end by themselves), then calls
 * and jobs in flight are finished, then what they stood on (pools, files) is closed.
 */
import { perProcess } from "./holders";

export type ShutdownPhase = "streams" | "drain" | "close";
type Step = () => void | Promise<void>;
type Registry = { stopping: boolean; steps: Record<ShutdownPhase, Set<Step>> };

const held = perProcess<Registry>("lifecycle");

function registry(): Registry {
  return held.ensure(() => ({ stopping: false, steps: { streams: new Set(), drain: new Set(), close: new Set() } }));
}

/** Whether the process is shutting down. New streams are refused then. */
export function isShuttingDown(): boolean {
  return registry().stopping;
}

/** Registers a step of the shutdown; the function returned takes it back (a stream that ended by itself). */
export function onShutdown(phase: ShutdownPhase, step: Step): () => void {
  const steps = registry().steps[phase];
  steps.add(step);
  return () => {
    steps.delete(step);
  };
}

/** Runs one phase; a step that fails is given to `report` and does not keep the others from running. */
export async function runShutdownPhase(phase: ShutdownPhase, report: (error: unknown) => void): Promise<void> {
  const { steps } = registry();
  registry().stopping = true;
  const results = await Promise.allSettled([...steps[phase]].map(async (step) => step()));
  steps[phase].clear();
  for (const result of results) if (result.status === "rejected") report(result.reason);
}
