/**
 * The one-port server: API paths go to Hono, everything else to Next. Stopped by SIGTERM or SIGINT, or when the
 * process that started it is gone.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { startCatalogue } from "@/lib/catalogue";
import { followDatabaseClock } from "@/lib/platform/clock";
import { closeDatabase, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { onShutdown } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";
import { hasNoSignInMethod, signInMethods } from "@/lib/platform/sign-in-methods";
import { BODY_LIMITS, timeoutsOf, watchBodies } from "./bodies";
import { apiHandler, operationalHandler, pageHandler } from "./handlers";
import { deliverEventsTo, standIn } from "./payment-stand-in";
import { shutDownOn } from "./shutdown";

const root = path.join(import.meta.dirname, "..");

// A proxy in front keeps its connections for a minute: ours must outlive them, or it sends into a closing one.
const server = createServer({ keepAliveTimeout: 65_000, ...timeoutsOf(BODY_LIMITS) });
watchBodies(server);

/** Next gets its address before the server listens, and sends rewritten requests there, so the port must be known. */
async function choosePort(): Promise<number> {
  const { PORT, HOST } = env();
  if (PORT > 0) return PORT;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, HOST, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function route(port: number): Promise<void> {
  const { ROLE } = env();
  if (ROLE === "worker") server.on("request", await operationalHandler());
  else if (ROLE === "gate") server.on("request", await apiHandler());
  else server.on("request", await pageHandler(server, root, port));
  if ((ROLE === "all" || ROLE === "web") && hasNoSignInMethod(signInMethods())) {
    log.warn("sign-in is not set up: set SMTP_URL and PUBLIC_URL, or the keys of GitHub or Google");
  }
  const payments = standIn();
  if (payments === "off" && ROLE !== "gate")
    log.warn("payments are off: set STRIPE_SECRET_KEY, or SANDBOX=1 to try them");
  if (payments === "sandbox") log.info("payments go to the local Stripe: test cards only, no money moves");
}

async function runWorker(): Promise<void> {
  const { startWorker } = await import("@/lib/adapters/job/worker");
  const worker = await startWorker();
  onShutdown("drain", () => worker.stop());
}

function listen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, env().HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

onShutdown("close", closeDatabase);
shutDownOn(server);
try {
  await followDatabaseClock(database());
  await startCatalogue(database());
  const port = await choosePort();
  await route(port);
  if (env().ROLE === "all" || env().ROLE === "worker") await runWorker();
  await listen(port);
  deliverEventsTo(port);
  // Next asks itself for the page to which an action redirects; `next start` tells it where in the same way.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${port}`;
  log.info({ port, host: env().HOST, role: env().ROLE }, "listening");
  process.send?.({ port });
} catch (error) {
  log.fatal({ err: error }, "the server did not start");
  process.exit(1);
}
