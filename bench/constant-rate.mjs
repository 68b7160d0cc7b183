/**
 * A rate that flows evenly: chains of requests are started one after another, each at its own moment whatever became of
 * those before, and a latency counts from that moment. autocannon sends a second's share at the start of each second.
 */
import { Agent, request as send } from "node:http";
import { createHistogram } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const TICK_MS = 2;
const MICROSECONDS = 1_000;

/** Returns `{status, body}`; a lost connection is status 0. */
function ask(base, agent, { path, headers, body }) {
  return new Promise((resolve) => {
    const asked = send(new URL(path, base), { method: "POST", agent, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(parts).toString() }));
      response.on("error", () => resolve({ status: 0, body: "" }));
    });
    asked.on("error", () => resolve({ status: 0, body: "" }));
    asked.end(body);
  });
}

/**
 * Starts `rate` chains a second for `seconds`, after a second that is not counted. `chain(n)` answers the first request
 * and, given the answer to one, the next; nothing ends it. Returns counts and latencies in milliseconds.
 */
export async function atConstantRate({ url, connections, seconds, rate }, chain) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" });
  const latency = createHistogram();
  const count = { answered: 0, failed: 0 };
  const start = performance.now();
  const counted = start + 1_000;
  const end = counted + seconds * 1_000;
  const running = new Set();
  const follow = async (n, moment) => {
    const step = chain(n);
    let due = moment;
    for (let asked = step(); asked; ) {
      const answer = await ask(url, agent, asked);
      const now = performance.now();
      if (moment >= counted) {
        if (answer.status >= 200 && answer.status < 300) count.answered += 1;
        else count.failed += 1;
        latency.record(Math.max(1, Math.round((now - due) * MICROSECONDS)));
      }
      due = now;
      asked = step(answer);
    }
  };
  for (let n = 0; ; ) {
    const now = performance.now();
    for (; start + (n * 1_000) / rate <= Math.min(now, end); n++) {
      const one = follow(n, start + (n * 1_000) / rate).finally(() => running.delete(one));
      running.add(one);
    }
    if (now >= end) break;
    await sleep(TICK_MS);
  }
  await Promise.all(running);
  agent.destroy();
  const at = (percent) => Math.round(latency.percentile(percent) / MICROSECONDS);
  return { ...count, seconds, latency: { p50: at(50), p99: at(99) } };
}
