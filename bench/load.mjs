/**
 * The load generator, in a process of its own: autocannon with a body and a key of its own for every request, and for a
 * rate that is kept a pacer of our own.
 * `node bench/load.mjs '{"workload":"pairs", …}'` prints one JSON line.
 */
import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { atConstantRate } from "./constant-rate.mjs";

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

/** A hold, and its settle with the generated tokens. A refused hold is followed by the next hold. */
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

/** The same pair, with an idempotency key of its own, for a rate that is kept; `rate` counts requests, two a pair. */
function paced() {
  return atConstantRate({ url, connections, seconds, rate: rate / 2 }, (n) => {
    let asked = 0;
    return (answer) => {
      asked += 1;
      if (asked === 1) return { path: "/v1/holds", headers: headers(n), body: call(keys[n % keys.length], n) };
      if (asked > 2 || answer.status !== 201) return undefined;
      const body = `{"quantities":{"input_token":${800 + (n % 500)},"output_token":${n % 512}}}`;
      return { path: `/v1/holds/${JSON.parse(answer.body).id}/settle`, headers: headers(`${n}-s`), body };
    };
  });
}

async function fullSpeed() {
  const result = await autocannon({ ...options, connections, requests: REQUESTS[workload]() });
  const failed = result.non2xx + result.errors + result.timeouts;
  return { answered: result["2xx"], failed, seconds: result.duration, latency: result.latency };
}

console.log(JSON.stringify(await (rate ? paced() : fullSpeed())));
