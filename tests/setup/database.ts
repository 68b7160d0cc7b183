/** A database of its own for each test file, named in the environment before anything of ours is imported. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

const name = `t_${randomUUID().replaceAll("-", "")}`;
const address = (database: string) => inject("postgres").replace("%s", database);
const admin = new pg.Client(address("postgres"));
await admin.connect();
await admin.query(`CREATE DATABASE ${name} TEMPLATE tollgate_template`);
process.env.DATABASE_URL = address(name);

afterAll(async () => {
  const { closeDatabase } = await import("@/lib/platform/db");
  await closeDatabase();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
});
