import { expect, it } from "vitest";
import { isShuttingDown, onShutdown, runShutdownPhase } from "./lifecycle";

it("a shutdown runs every step of a phase once, and reports those that fail", async () => {
  const ran: string[] = [];
  const failures: unknown[] = [];
  onShutdown("streams", () => void ran.push("stream"));
  const remove = onShutdown("streams", () => void ran.push("ended by itself"));
  onShutdown("streams", () => {
    throw new Error("cannot end");
  });
  onShutdown("close", async () => void ran.push("pool"));
  remove();
  expect(isShuttingDown()).toBe(false);
  await runShutdownPhase("streams", (error) => failures.push(error));
  expect(isShuttingDown()).toBe(true);
  expect(ran).toEqual(["stream"]);
  expect(failures).toEqual([new Error("cannot end")]);
  await runShutdownPhase("streams", (error) => failures.push(error));
  await runShutdownPhase("close", (error) => failures.push(error));
  expect(ran).toEqual(["stream", "pool"]);
  expect(failures).toHaveLength(1);
});
