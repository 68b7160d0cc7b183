/** Sends every call of a trace as hold and settle, some at a time, and keeps each answer. */
import { setTimeout as sleep } from "node:timers/promises";
import { Mistake } from "../output";
import type { Answer, Gateway } from "./gateway";
import { readTrace, type TraceCall } from "./trace";

export type ReplayPlan = {
  file: string;
  /** Part of every idempotency key and of every event's resource, so that a run finds its own again. */
  run: string;
  organization: string;
  endpoint: string;
  model: string;
  concurrency: number;
  /** How many times faster than the trace; infinite waits for nothing. */
  speed: number;
  /** Added to the trace's times to make `occurredAt`; null sends none. */
  shift: number | null;
  /** The trace's first time. */
  first: number;
};
/** The answers of the settles, by row, so that each can be found in the log. */
export type ReplayAnswers = { settled: Map<number, TraceCall & { cost: string }>; refused: Map<string, number> };

export const RESOURCE_TYPE = "replay";
export const resourceId = (run: string, row: number) => `${run}:${row}`;

const SMALLEST_MAXIMUM = 256;
/** A client's likely max_tokens: the power of two, 256 or more, that covers the generated tokens. */
export function declaredMaximum(generated: number): number {
  let most = SMALLEST_MAXIMUM;
  while (most < generated) most *= 2;
  return most;
}

function unexpected(row: number, step: string, { status, body }: Answer): Mistake {
  return new Mistake(
    `Row ${row}: ${step} answered ${status} ${String(body.code ?? "")}: ${String(body.detail ?? body.title ?? "")}`,
  );
}

/** A refusal's code: of a problem, or of a catalogue's own shape, which keeps it under `error`. */
function codeOf(body: Record<string, unknown>): string {
  const own = body.error as { code?: unknown } | undefined;
  return String(body.code ?? own?.code ?? "payment_required");
}

async function replayCall(gateway: Gateway, plan: ReplayPlan, call: TraceCall, answers: ReplayAnswers): Promise<void> {
  const { run, organization, endpoint, model, shift } = plan;
  const key = `replay:${run}:${call.row}`;
  const held = await gateway.post(
    "hold",
    "/v1/holds",
    {
      organization,
      endpoint,
      model,
      quantities: { input_token: call.input, output_token: declaredMaximum(call.output) },
      resource: { type: RESOURCE_TYPE, id: resourceId(run, call.row) },
    },
    `${key}:hold`,
  );
  if (held.status === 402 || held.status === 403) {
    const code = codeOf(held.body);
    answers.refused.set(code, (answers.refused.get(code) ?? 0) + 1);
    return;
  }
  if (held.status !== 201) throw unexpected(call.row, "the hold", held);
  const settled = await gateway.post(
    "settle",
    `/v1/holds/${String(held.body.id)}/settle`,
    {
      quantities: { input_token: call.input, output_token: call.output },
      ...(shift !== null && { occurredAt: new Date(call.at + shift).toISOString() }),
    },
    `${key}:settle`,
  );
  if (settled.status !== 200) throw unexpected(call.row, "the settle", settled);
  answers.settled.set(call.row, { ...call, cost: String(settled.body.cost) });
}

/** Returns when every call was settled or refused. Errors: the first Mistake that a call met. */
export async function replay(gateway: Gateway, plan: ReplayPlan, onCall: () => void): Promise<ReplayAnswers> {
  const answers: ReplayAnswers = { settled: new Map(), refused: new Map() };
  const running = new Set<Promise<void>>();
  const started = performance.now();
  let failure: unknown;
  for await (const call of readTrace(plan.file)) {
    const due = (call.at - plan.first) / plan.speed - (performance.now() - started);
    if (due > 0) await sleep(due);
    while (running.size >= plan.concurrency) await Promise.race(running);
    if (failure !== undefined) break;
    const one = replayCall(gateway, plan, call, answers)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => {
        running.delete(one);
        onCall();
      });
    running.add(one);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
  return answers;
}
