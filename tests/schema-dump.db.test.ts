/** prisma/schema.dump.sql is what the migrations make, so that a change of a table shows in review. */
import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, it } from "vitest";
import { DUMP, dumpSchema } from "@/scripts/dump-schema.mjs";

it("the schema dump equals the schema of a migrated database", async () => {
  const client = new pg.Client(process.env.DATABASE_URL);
  await client.connect();
  try {
    const stale = `${DUMP} is not what the migrations make: run npm run db:dump and read what changed`;
    expect(readFileSync(DUMP, "utf8"), stale).toBe(await dumpSchema(client));
  } finally {
    await client.end();
  }
});
