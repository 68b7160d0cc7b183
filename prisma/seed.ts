/**
 * Fills an empty database with a demo of its catalogue, through the same verbs as real life and at their own times: a
 * customer with a year of calls and payments, one whose credit is nearly used up, and a new one. Payments are made at
 * the local Stripe, which keeps them for the server. DEMO_DAYS makes it shorter; DEMO_DATABASE_URL is the database's
 * later address, where it is another. Writes what the database keeps only as hashes, and the sign-in, to the file that
 * DEMO_FACTS names.
 */
import { writeFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { createGatewaySecret } from "@/lib/accounts/index";
import {
  applyCatalogue,
  readCatalogueText,
  readLiveCatalogue,
  startCatalogue,
  stopCatalogue,
} from "@/lib/catalogue/index";
import type { Catalogue } from "@/lib/catalogue/schema";
import { ensurePartitions } from "@/lib/ledger/index";
import { followDatabaseClock, now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { sendNextMail } from "@/lib/platform/mail";
import { closeStatements } from "@/lib/statements/index";
import { midnightBefore } from "./demo/calendar";
import { openProvider, type Provider } from "./demo/provider";
import { liveLow, liveWell, openNew } from "./demo/stories";

const YEAR = 365;
/** The second customer's, at most. */
const LOW_DAYS = 40;

async function prepareCatalogue(ctx: InstallationContext, from: Date): Promise<Catalogue> {
  if (!(await readLiveCatalogue(ctx.db))) {
    const { text, fileName } = await readCatalogueText(env().CATALOGUE);
    // It prices the demo's past, too.
    await applyCatalogue(ctx, { text, fileName });
  }
  await ensurePartitions(ctx, from);
  return (await startCatalogue(ctx.db)).catalogue;
}

/** Closes each month at its time, a day at a step. */
async function closeMonths(ctx: InstallationContext, days: number): Promise<void> {
  for (let ago = days; ago >= 0; ago -= 1) await closeStatements({ ...ctx, now: midnightBefore(ctx.now, ago) });
}

function progress(total: number): SingleBar {
  const bar = new SingleBar({
    format: "  {bar} {percentage} % | {value}/{total} days of the demo | {duration_formatted}",
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    hideCursor: true,
  });
  bar.start(total, 0);
  return bar;
}

async function seed(provider: Provider): Promise<void> {
  const db = database();
  await followDatabaseClock(db);
  const ctx: InstallationContext = { actor: { type: "operator" }, now: now(), db };
  const days = Number(process.env.DEMO_DAYS ?? YEAR);
  const lowDays = Math.min(days, LOW_DAYS);
  const catalogue = await prepareCatalogue(ctx, midnightBefore(ctx.now, days + 1));
  const signIn = `demo@${catalogue.name}.example`;
  const bar = progress(days + lowDays + 2);
  const onDay = () => bar.increment();
  try {
    const options = { catalogue, provider, signIn, onDay };
    const well = await liveWell(ctx, { ...options, days });
    const low = await liveLow(ctx, { ...options, days: lowDays });
    await openNew({ ...ctx, now: now() }, { ...options, days: 0 });
    await provider.moveTo(db, now());
    await closeMonths({ ...ctx, now: now() }, days);
    // They came at their time.
    while ((await sendNextMail(db, now(), async () => {})) === "sent");
    const { secret } = await createGatewaySecret({ ...ctx, now: well.since }, { name: "Demo gateway" });
    const facts = { signIn, organization: well.organization, customerKey: well.key, gatewaySecret: secret };
    const file = process.env.DEMO_FACTS;
    if (file) writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
    bar.stop();
    process.stdout.write(`${well.made + low.made} calls of the demo, ${well.refused + low.refused} refused\n`);
  } finally {
    bar.stop();
  }
}

const provider = await openProvider(database, process.env.DEMO_DATABASE_URL);
try {
  await seed(provider);
} finally {
  await provider.close();
  stopCatalogue();
  await closeDatabase();
}
