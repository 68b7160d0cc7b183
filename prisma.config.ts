import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "prisma/config";

// Prisma 7 does not read .env by itself.
if (existsSync(".env")) process.loadEnvFile(".env");
// The stock engine is downloaded from outside npm; this one answers the same protocol from npm packages.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, "scripts/schema-engine.mjs");

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // Commands that need no database (generate, validate) run without one.
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost/tollgate" },
});
