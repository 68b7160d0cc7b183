/** Two server processes, one five minutes ahead, both running the auto top-up job: one charge each, in either of them. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { runAutoTopUps, setAutoTopUp } from "@/lib/topup";
import { many } from "../fixtures/call";
import { autoTopUpCatalogue, installation } from "../fixtures/catalogue";
import { stateOf } from "../fixtures/ledger";
import { memberOf, organization } from "../fixtures/organization";
import { intentsOf, saveCard } from "../fixtures/payment";
import { localStripe } from "../fixtures/sandbox";

const local = await localStripe();

it("two workers charge each organization once", { timeout: 60_000 }, async () => {
  const ctx = await installation(autoTopUpCatalogue());
  const buyers = await Promise.all(
    many(20, async () => {
      const who = await organization(ctx, { credit: 10n });
      await saveCard(local, who, "4242424242424242");
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
    expect(await intentsOf(local, who)).toMatchObject([{ status: "succeeded", amount: 5_000 }]);
    expect(await stateOf(who)).toMatchObject({ remaining: 60, entries: 0 });
  }
});
