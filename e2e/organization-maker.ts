/** The program that opens organizations, started once for each of the test runner's processes. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Asked, Story, Told } from "./story";

export interface Tell {
  (asked: { story: Story }): Promise<Told>;
  (asked: { email: string }): Promise<{ session: string }>;
  (asked: { keyOf: string }): Promise<{ key: string }>;
}

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void };

export function startOrganizationMaker(): { tell: Tell; close: () => Promise<void> } {
  const child = spawn(process.execPath, ["scripts/run.mjs", "e2e/make-organizations.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: Waiting[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      for (const { reject } of waiting.splice(0)) reject(new Error("The program that makes organizations has ended."));
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    // The program's starter may listen, too.
    if (!line.startsWith("{")) return;
    const { error, ...answer } = JSON.parse(line);
    const next = waiting.shift();
    if (error) next?.reject(new Error(error));
    else next?.resolve(answer as never);
  });
  const tell = (asked: Asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(asked)}\n`);
    });
  const close = () => {
    child.stdin.end();
    return ended;
  };
  return { tell: tell as Tell, close };
}
