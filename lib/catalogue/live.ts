/**
 * The live catalogue in memory, so that a call is priced without asking the database. A new version is picked up
 * within a second; each event names the version that priced it. One per process, whatever copies of this module exist.
 */
import type { Database } from "@/lib/platform/db";
import { perProcess } from "@/lib/platform/holders";
import { onShutdown } from "@/lib/platform/lifecycle";
import { log } from "@/lib/platform/log";
import { type CatalogueVersion, liveCatalogue } from "./store";

const kept = perProcess<{ live: CatalogueVersion; timer: NodeJS.Timeout }>("catalogue");
const REFRESH_MS = 1_000;

/** Loads the live version and keeps it fresh. Errors: not_found when none was applied. */
export async function startCatalogue(db: Database): Promise<CatalogueVersion> {
  const live = await liveCatalogue(db);
  stopCatalogue();
  const timer = setInterval(async () => {
    try {
      const newest = await liveCatalogue(db);
      const held = kept.get();
      if (!held || held.timer !== timer || held.live.version === newest.version) return;
      held.live = newest;
      log.info({ version: newest.version, catalogue: newest.catalogue.name }, "a new catalogue version is live");
    } catch (error) {
      log.warn({ err: (error as Error).message }, "the catalogue could not be refreshed");
    }
  }, REFRESH_MS);
  timer.unref();
  kept.set({ live, timer });
  onShutdown("close", async () => stopCatalogue());
  return live;
}

export function stopCatalogue(): void {
  const held = kept.take();
  if (held) clearInterval(held.timer);
}

/** Errors: a plain Error when startCatalogue was not called, which is a defect and not a caller's mistake. */
export function currentCatalogue(): CatalogueVersion {
  const held = kept.get();
  if (!held) throw new Error("No catalogue is loaded: call startCatalogue first.");
  return held.live;
}

/** The same where no catalogue may be loaded yet. */
export function liveOrNull(): CatalogueVersion | null {
  return kept.get()?.live ?? null;
}
