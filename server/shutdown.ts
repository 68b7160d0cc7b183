/** Ends the process in order: no new connections, streams, calls in flight, jobs, pools. */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { env } from "@/lib/platform/env";
import { runShutdownPhase } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";

const ANSWER_LIMIT_MS = 15_000; // Longer than any call may take; a client that never ends its request is cut off.
const WHOLE_LIMIT_MS = 25_000; // Below the half minute after which containers are killed.

const report = (error: unknown) => log.error({ err: error }, "a step of the shutdown failed");

/** Resolves when every request that had arrived is answered. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    // A connection that becomes idle after close() stays open for its keep-alive time, so it is looked for again.
    const idle = setInterval(() => server.closeIdleConnections(), 25);
    const cut = setTimeout(() => server.closeAllConnections(), ANSWER_LIMIT_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(cut);
      resolve();
    });
  });
}

async function shutDown(server: Server, upgraded: Set<Socket>): Promise<void> {
  const answered = closed(server);
  for (const socket of upgraded) socket.destroy();
  await runShutdownPhase("streams", report);
  await answered;
  await runShutdownPhase("drain", report);
  await runShutdownPhase("close", report);
}

/** Errors that nobody caught: a rejection is logged, an exception ends the process in order. */
export function shutDownOn(server: Server): void {
  const upgraded = new Set<Socket>();
  // Only Next's development server upgrades; without it a listener here would leave such a request unanswered.
  if (env().NODE_ENV === "development") {
    server.on("upgrade", (_request, socket: Socket) => {
      upgraded.add(socket);
      socket.once("close", () => upgraded.delete(socket));
    });
  }
  let stopping = false;
  const stop = async (code: number, why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, "stopping");
    setTimeout(() => process.exit(1), WHOLE_LIMIT_MS).unref();
    await shutDown(server, upgraded);
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0, signal));
  if (process.send) process.on("disconnect", () => void stop(0, "the process that started this one is gone"));
  process.on("unhandledRejection", (error) => log.error({ err: error }, "a rejection was not caught"));
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "an exception was not caught");
    void stop(1, "exception");
  });
}
