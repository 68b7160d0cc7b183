/** Fills the bench's database: a thousand organizations and one more, each with a key and credit that never ends. */
import { writeFileSync } from "node:fs";
import { createGatewaySecret, createKey, createOrganization } from "@/lib/accounts/index";
import { applyCatalogue, readCatalogueText, startCatalogue, stopCatalogue } from "@/lib/catalogue/index";
import { ensurePartitions, grant } from "@/lib/ledger/index";
import { now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { preparePlain } from "./plain-tables";

const ORGANIZATIONS = 1_000;
const AT_A_TIME = 4;
const CREDIT = 1_000_000n * 1_000_000_000n;

async function customer(ctx: InstallationContext, name: string): Promise<{ organizationId: string; key: string }> {
  const { organizationId } = await createOrganization(ctx, { name });
  const own = { ...ctx, organizationId };
  await grant(own, { amount: CREDIT, kind: "purchased", reason: "bench", idempotencyKey: "bench" });
  // A limit, so that the key's windows are decided and not only counted.
  const { key } = await createKey(own, { name: "bench", limits: { month: CREDIT } });
  return { organizationId, key };
}

async function prepare(): Promise<void> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: now(), db: database() };
  const { text, fileName } = await readCatalogueText("apertis");
  await applyCatalogue(ctx, { text, fileName });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  const names = Array.from({ length: ORGANIZATIONS + 1 }, (_, n) => `Bench ${n}`);
  const made: Awaited<ReturnType<typeof customer>>[] = [];
  for (let from = 0; from < names.length; from += AT_A_TIME) {
    made.push(...(await Promise.all(names.slice(from, from + AT_A_TIME).map((name) => customer(ctx, name)))));
  }
  await preparePlain(
    made.map(({ organizationId }) => organizationId),
    CREDIT,
  );
  const { secret } = await createGatewaySecret(ctx, { name: "bench" });
  const [hot, ...many] = made.map(({ key }) => key);
  writeFileSync(process.argv[2] as string, JSON.stringify({ secret, many, hot: [hot] }));
}

try {
  await prepare();
} finally {
  stopCatalogue();
  await closeDatabase();
}
