import { currentCatalogue, startCatalogue } from "@/lib/catalogue";
import type { Catalogue } from "@/lib/catalogue/schema";
import { followDatabaseClock } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db";

/** The live catalogue; a host that runs plain Next has no other code to load it. */
export async function loadedCatalogue(): Promise<Catalogue> {
  try {
    return currentCatalogue().catalogue;
  } catch {
    await followDatabaseClock(database());
    return (await startCatalogue(database())).catalogue;
  }
}
