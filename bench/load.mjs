/**
 * The load generator, in a process of its own: autocannon with a body and a key of its own for every request.
 * `node bench/load.mjs '{"workload":"pairs", …}'` prints one JSON line.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";

const { workload, url, facts, target, connections, seconds, rate } = JSON.parse(process.argv[2]);
const { secret, many, hot } = JSON.parse(readFileSync(facts, "utf8"));
const keys = target === "hot" ? hot : many;
const run = `${workload}${process.pid}`;
let count = 0;

const call = (key, n) =>
  `{"key":"${key}","endpoint":"chat","model":"gpt-4o-mini","quantities":{"input_token":${800 + (n % 500)},"output_token":512}}`;
const headers = (n) => ({
  authorization: `Bearer ${secret}`,
  "content-type": "application/json",
  "idempotency-key": `${run}-${n}`,
});

/** One request with a body of its own; the organizations take turns. */
function opening(path) {
  return {
    method: "POST",
    path,
    setupRequest(request, context) {
      const n = count++;
      context.n = n;
      return { ...request, headers: headers(n), body: call(keys[n % keys.length], n) };
    },
  };
}

/** A hold, and its settle with what was generated. A hold that was not given is followed by the next hold. */
function pair(path) {
  const hold = opening(path);
  const answered = (status, body, context) => {
    context.hold = status === 201 ? JSON.parse(body).id : undefined;
  };
  const settle = {
    method: "POST",
    setupRequest(request, { hold: id, n }) {
      if (!id) return undefined;
      const body = `{"quantities":{"input_token":${800 + (n % 500)},"output_token":${n % 512}}}`;
      return { ...request, path: `${path}/${id}/settle`, headers: headers(`${n}-s`), body };
    },
  };
  return [{ ...hold, onResponse: answered }, settle];
}

const REQUESTS = {
  echo: () => [opening("/v1/echo")],
  charges: () => [opening("/v1/charges")],
  pairs: () => pair("/v1/holds"),
  plain: () => pair("/v1/plain/holds"),
};

const options = { url, duration: seconds, timeout: 20 };

/**
 * A rate that flows: autocannon lets every connection send its share at the start of each second, so the connections
 * begin in groups, one after another through the second. Its correction for omitted requests takes seconds for
 * milliseconds and would count each slow answer many times.
 */
async function flowing() {
  const groups = Math.min(128, connections);
  const share = (whole) => Math.max(1, Math.round(whole / groups));
  const one = { ...options, connections: share(connections), overallRate: share(rate) };
  const parts = Array.from({ length: groups }, async (_, group) => {
    await sleep((group * 1_000) / groups);
    return autocannon({
      ...one,
      requests: REQUESTS[workload](),
      ignoreCoordinatedOmission: true,
      skipAggregateResult: true,
    });
  });
  return autocannon.aggregateResult(await Promise.all(parts), one);
}

const result = rate ? await flowing() : await autocannon({ ...options, connections, requests: REQUESTS[workload]() });
const answered = result["2xx"];
const failed = result.non2xx + result.errors + result.timeouts;
console.log(JSON.stringify({ answered, failed, seconds: result.duration, latency: result.latency }));
