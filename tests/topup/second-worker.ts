/** Another server process that runs the auto top-up job: told when to begin by a line, it says that it is ready and done. */
import { once } from "node:events";
import { startCatalogue, stopCatalogue } from "@/lib/catalogue";
import { closeDatabase, database } from "@/lib/platform/db";
import { runAutoTopUps } from "@/lib/topup";

await startCatalogue(database());
console.log("ready");
await once(process.stdin, "data");
const ctx = { actor: { type: "job" }, now: new Date(Date.now() + 300_000), db: database() } as const;
while ((await runAutoTopUps(ctx)) > 0);
console.log("done");
stopCatalogue();
await closeDatabase();
process.exit(0);
