import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { supervise } from "./supervise.mjs";

const LISTENS = "process.send({ port: 4000 });";
const UNTIL_TOLD = `${LISTENS} setInterval(() => {}, 1000); process.on("SIGTERM", () => process.exit(0));`;

/** A server for each program in turn; the last one's again when there are no more. */
function servers(programs: string[], second = 1) {
  const said: string[] = [];
  const given: unknown[] = [];
  const start = (port: number | undefined) => {
    const program = programs[Math.min(given.length, programs.length - 1)] ?? "";
    given.push(port);
    const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    const listens = new Promise<number>((resolve, reject) => {
      child.once("exit", () => reject(new Error("ended")));
      child.once("message", (message) => resolve((message as { port: number }).port));
    });
    return { child, port: listens };
  };
  const supervised = supervise(start, { say: (text: string) => said.push(text), second });
  return { ...supervised, said, given };
}

it("the supervisor starts a crashed server again on its port, and says so", async () => {
  const server = servers([`${LISTENS} process.exit(1)`, `${LISTENS} process.kill(process.pid, "SIGKILL")`, UNTIL_TOLD]);
  expect(await server.port).toBe(4000);
  await expect.poll(() => server.said, { timeout: 15_000 }).toHaveLength(4);
  expect(server.said).toEqual([
    "The server stopped unexpectedly (exit code 1). It restarts in 1 s.",
    "The server listens again on port 4000.",
    "The server stopped unexpectedly (SIGKILL). It restarts in 2 s.",
    "The server listens again on port 4000.",
  ]);
  expect(server.given).toEqual([undefined, 4000, 4000]);
  server.stop();
  expect(await server.ended).toBe(0);
});

it("the supervisor does not start a server again that never listened, or that ended in order", async () => {
  const wrong = servers(["process.exit(3)"]);
  expect(await wrong.ended).toBe(3);
  const done = servers([`${LISTENS} process.exit(0)`]);
  expect(await done.ended).toBe(0);
  expect([...wrong.said, ...done.said]).toEqual([]);
});

it("the supervisor ends at once when it is told to while it waits", async () => {
  const server = servers([`${LISTENS} process.exit(1)`], 3_600_000);
  await expect.poll(() => server.said, { timeout: 15_000 }).toHaveLength(1);
  server.stop();
  expect(await server.ended).toBe(0);
});
