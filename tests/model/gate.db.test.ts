/** Random histories of one organization, the same in the reference model and in PostgreSQL, answer by answer. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { applyCatalogue, readCatalogueText, startCatalogue } from "@/lib/catalogue";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { commands } from "./commands";
import { type Key, Reference } from "./reference";
import { Subject } from "./subject";

const SECONDS = 40;
const START = Date.UTC(2026, 0, 29, 22, 10);
const ZONES = [
  ["UTC", 0],
  ["Asia/Kathmandu", 345],
] as const;
let ctx: InstallationContext;

beforeAll(async () => {
  ctx = { actor: { type: "operator" }, now: new Date(START), db: database() };
  await applyCatalogue(ctx, await readCatalogueText("apertis"));
  await startCatalogue(ctx.db);
  await ctx.db.operator.query("SELECT ledger.ensure_partitions($1, $2)", [ctx.now, "2031-01-01"]);
});

describe("the ledger and its model", () => {
  it(
    "agree on every answer and every balance",
    async () => {
      let runs = 0;
      const zone = fc.constantFrom(...ZONES);
      await fc.assert(
        fc.asyncProperty(
          zone,
          fc.commands(commands, { size: "+1", maxCommands: 60 }),
          async ([name, offset], history) => {
            const subject = await Subject.make(ctx, name, 2);
            const keys: Key[] = subject.keys.map(() => ({ limits: {}, moves: [] }));
            await fc.asyncModelRun(
              () => ({
                model: new Reference(START, offset),
                real: { subject, keys, holds: [], paid: [], sent: [] },
              }),
              history,
            );
            runs += 1;
          },
        ),
        { numRuns: 400, interruptAfterTimeLimit: SECONDS * 1_000, endOnFailure: false },
      );
      expect(runs).toBeGreaterThan(30);
    },
    (SECONDS + 60) * 1_000,
  );
});
