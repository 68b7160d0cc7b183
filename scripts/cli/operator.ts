/** Shared by the operator's programs: the actor, the form of errors, and the end of a program. */
import type { Command } from "commander";
import { startCatalogue, stopCatalogue } from "@/lib/catalogue/index";
import { TollgateError } from "@/lib/kernel/errors";
import { followDatabaseClock, now } from "@/lib/platform/clock";
import type { InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { Mistake } from "./output";

/** The operator, at the database's time. */
export async function operator(): Promise<InstallationContext> {
  const db = database();
  await followDatabaseClock(db);
  return { actor: { type: "operator" }, now: now(), db };
}

/** The operator with the live catalogue loaded, which amounts and plans need. Errors: not_found when there is none. */
export async function operatorWithCatalogue() {
  const ctx = await operator();
  const { catalogue, version } = await startCatalogue(ctx.db);
  return { ctx, catalogue, version };
}

/** One sentence for an error that a person can fix; undefined for a defect. */
function sentence(error: unknown): string | undefined {
  if (error instanceof TollgateError || error instanceof Mistake) return error.message;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (/^ECONN|^ENOTFOUND$|^EAI_AGAIN$|^ETIMEDOUT$/.test(code) || /timeout exceeded/.test(message)) {
    return "PostgreSQL does not respond: correct DATABASE_URL, or start Tollgate with npm start.";
  }
  if (code === "3D000") return `${message}: start Tollgate once with npm start, or correct DATABASE_URL.`;
  if (code === "28P01" || code === "28000") return `PostgreSQL refuses the user of DATABASE_URL: ${message}.`;
  if (code === "42P01" || code === "42883" || code === "3F000") {
    return "The database has no ledger of this version: start Tollgate once with npm start, or run scripts/migrate.mjs.";
  }
  return undefined;
}

export async function run(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    const text = sentence(error);
    if (text === undefined) throw error;
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  } finally {
    stopCatalogue();
    await closeDatabase();
  }
}
