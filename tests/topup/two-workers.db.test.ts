/** Two server processes, one five minutes ahead, both running the auto top-up job: one charge each, in either of them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { runAutoTopUps, setAutoTopUp } from "@/lib/topup";
import { customer, many, memberOf, stateOf } from "../gate/world";
import { openSandbox } from "../sandbox/world";
import { intentsOf, openSales, saveRealCard } from "./world";

const box = await openSandbox();

it("charge each organization once", { timeout: 60_000 }, async () => {
  const ctx = await openSales();
  const buyers = await Promise.all(
    many(20, async () => {
      const who = await customer(ctx, { credit: 10n });
      await saveRealCard(box, who, "4242424242424242");
      await setAutoTopUp({ ...(await memberOf(who, "owner")), now: new Date() }, { threshold: "20", amount: "50" });
      return who;
    }),
  );
  const script = path.join(import.meta.dirname, "second-worker.ts");
  const worker = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(worker.stdout);
  try {
    expect(await once(lines, "line")).toEqual(["ready"]);
    const done = once(lines, "line");
    worker.stdin.write("begin\n");
    const job = { actor: { type: "job" }, now: new Date(), db: ctx.db } as const;
    while ((await runAutoTopUps(job)) > 0);
    expect(await done).toEqual(["done"]);
  } finally {
    worker.kill();
  }
  for (const who of buyers) {
    expect(await intentsOf(box, who)).toMatchObject([{ status: "succeeded", amount: 5_000 }]);
    expect(await stateOf(who)).toMatchObject({ remaining: 60, entries: 0 });
  }
});
