/** Ends the process in order: no new connections, streams, calls in flight, jobs, pools. */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { env } from "@/lib/platform/env";
import { onShutdown, runShutdownPhase } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";

const SILENT_LIMIT_MS = 250;
const ANSWER_LIMIT_MS = 15_000; // Longer than any call may take; a client that never ends its request is cut off.
const WHOLE_LIMIT_MS = 25_000; // Below the half minute after which containers are killed.

const report = (error: unknown) => log.error({ err: error }, "a step of the shutdown failed");

/** Resolves when every request that had arrived is answered. */
function closed(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    // A connection that becomes idle after close() stays open for its keep-alive time, so this looks for it again.
    const idle = setInterval(() => server.closeIdleConnections(), 25);
    // Node does not count connections as idle that a browser opened and never used.
    const silent = setTimeout(() => {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, SILENT_LIMIT_MS);
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, ANSWER_LIMIT_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(silent);
      clearTimeout(cut);
      resolve();
    });
  });
}

async function shutDown(server: Server, sockets: Set<Socket>): Promise<void> {
  const answered = closed(server, sockets);
  await runShutdownPhase("streams", report);
  await answered;
  await runShutdownPhase("drain", report);
  await runShutdownPhase("close", report);
}

/** The connections that are open, so that those which carry no call can be ended. */
function openSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

/** Uncaught errors: a rejection is logged, an exception ends the process in order. */
export function shutDownOn(server: Server): void {
  const sockets = openSockets(server);
  // Next's development server keeps a socket per page for its news; they carry no call.
  if (env().NODE_ENV === "development") {
    server.on("upgrade", (_request, socket: Socket) => onShutdown("streams", () => void socket.destroy()));
  }
  let stopping = false;
  const stop = async (code: number, why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, "stopping");
    setTimeout(() => process.exit(1), WHOLE_LIMIT_MS).unref();
    await shutDown(server, sockets);
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
