/** Starts the one-port server as a child and returns its port. */
import { spawn } from "node:child_process";

// A larger nursery: each call lives for one batch, and the default one copied every waiting call several times (a fifth
// of the process's time at full load).
export const SERVER = [
  "--max-semi-space-size=32",
  "--import",
  "tsx",
  "--import",
  "./server/register.mjs",
  "server/main.ts",
];

/** Returns `{child, port}`; `port` is rejected when the server ends before it listens. */
export function serve(env) {
  const child = spawn(process.execPath, SERVER, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  const port = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the server ended before it listened")));
    child.once("message", (message) => resolve(message.port));
  });
  return { child, port };
}
