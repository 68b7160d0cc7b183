/**
 * What the process counts about itself, for Prometheus. Names and labels are few and fixed: a label whose values come
 * from callers (an organization, a model) would grow without bound.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { perProcess } from "./holders";

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const SIZES = [1, 2, 5, 10, 25, 50, 100, 200, 400, 1_000];

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: "tollgate_http_requests_total",
      help: "Answers by route and status.",
      labelNames: ["route", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "tollgate_http_request_seconds",
      help: "Time from a request's headers to its answer.",
      labelNames: ["route"],
      buckets: SECONDS,
      registers,
    }),
    streams: new Gauge({ name: "tollgate_streams", help: "Open balance streams.", registers }),
    gateBatchSize: new Histogram({
      name: "tollgate_gate_batch_calls",
      help: "Calls that were decided together in one transaction.",
      buckets: SIZES,
      registers,
    }),
    gateBatchSeconds: new Histogram({
      name: "tollgate_gate_batch_seconds",
      help: "Time of one batch in the database.",
      buckets: SECONDS,
      registers,
    }),
    gateQueue: new Gauge({ name: "tollgate_gate_queue_calls", help: "Calls that wait for a batch.", registers }),
    gateRetries: new Counter({
      name: "tollgate_gate_retries_total",
      help: "Batches that were run again, by reason.",
      labelNames: ["reason"],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof make>;

const held = perProcess<Metrics>("metrics");

export function metrics(): Metrics {
  return held.ensure(make);
}
