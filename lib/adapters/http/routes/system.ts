/** For operators' tools: health, readiness and metrics. */

import { z } from "zod";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { isMigrated } from "@/lib/platform/db";
import { isShuttingDown } from "@/lib/platform/lifecycle";
import { metrics } from "@/lib/platform/metrics";
import { defineRoute } from "../route";

const tag = "Operation";

defineRoute({
  method: "GET",
  path: "/healthz",
  tag,
  summary: "Is the process alive?",
  auth: "none",
  answer: { description: "It is.", schema: z.strictObject({ status: z.literal("ok") }).meta({ id: "Health" }) },
  async handler() {
    return { status: "ok" };
  },
});

defineRoute({
  method: "GET",
  path: "/readyz",
  tag,
  summary: "Can it answer calls?",
  description: "The database is reachable and migrated, a catalogue is live, and the process is not shutting down.",
  auth: "none",
  answer: {
    description: "It can.",
    schema: z
      .strictObject({ status: z.literal("ready"), catalogue: z.string(), version: z.int() })
      .meta({ id: "Readiness" }),
  },
  errors: ["overloaded"],
  async handler({ context }) {
    if (isShuttingDown()) throw new TollgateError("overloaded", "The process is shutting down.", { retryAfter: 1 });
    if (!(await isMigrated(context.db)))
      throw new TollgateError("overloaded", "The database is not migrated yet.", { retryAfter: 1 });
    const { version, catalogue } = currentCatalogue();
    return { status: "ready", catalogue: catalogue.name, version };
  },
});

defineRoute({
  method: "GET",
  path: "/metrics",
  tag,
  summary: "Counters for Prometheus",
  auth: "none",
  answer: { description: "Prometheus' text format.", type: "text/plain" },
  async handler() {
    const { registry } = metrics();
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  },
});
