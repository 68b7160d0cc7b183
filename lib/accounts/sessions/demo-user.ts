import { currentCatalogue } from "@/lib/catalogue";
import { env } from "@/lib/platform/env";
import { findUser } from "./session-store";
import type { Visit } from "./visit";

/** The seeded demo user; undefined where the demo is off or was not seeded. */
export async function demoUser({ db }: Pick<Visit, "db">): Promise<{ id: string; email: string } | undefined> {
  return env().DEMO ? findUser(db, `demo@${currentCatalogue().catalogue.name}.example`) : undefined;
}
