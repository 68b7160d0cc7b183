/** Keeps the server running: one that crashed is started again, and the terminal says so. Node's own modules only. */
import { setTimeout as sleep } from "node:timers/promises";

const PAUSES_SECONDS = [1, 2, 5, 10, 30];
/** A server that ran for so long starts with the shortest pause again. */
const CALM_MS = 60_000;

function ending(child) {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: 1 }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

/**
 * `start(port)` answers a server's `{child, port}`; it is given the port of the one before. A server that never
 * listened has named its reason and is not started again, nor is one that ended with 0. Returns `{port, ended,
 * stop()}`: `ended` resolves to the last one's exit code.
 */
export function supervise(start, { say, second = 1_000 }) {
  const stopping = new AbortController();
  let child;
  let known;

  async function runOnce() {
    const server = start(known);
    child = server.child;
    const end = ending(child);
    const port = await server.port.catch(() => undefined);
    if (port !== undefined && known !== undefined) say(`The server listens again on port ${port}.`);
    if (port !== undefined && known === undefined) listening.resolve(port);
    known ??= port;
    return end;
  }

  async function run() {
    for (let crashes = 0; ; crashes += 1) {
      const began = performance.now();
      const { code, signal } = await runOnce();
      if (stopping.signal.aborted || code === 0 || known === undefined) return code;
      if (performance.now() - began > CALM_MS) crashes = 0;
      const pause = PAUSES_SECONDS[Math.min(crashes, PAUSES_SECONDS.length - 1)];
      say(`The server stopped unexpectedly (${signal ?? `exit code ${code}`}). It restarts in ${pause} s.`);
      await sleep(pause * second, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return 0;
    }
  }

  const listening = {};
  listening.port = new Promise((resolve) => {
    listening.resolve = resolve;
  });
  return {
    port: listening.port,
    ended: run(),
    stop() {
      stopping.abort();
      child?.kill("SIGTERM");
    },
  };
}
