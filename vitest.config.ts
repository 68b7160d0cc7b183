import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const database = { globalSetup: ["tests/setup/server.ts"], setupFiles: ["tests/setup/database.ts"] };
const never = ["**/node_modules/**", ".next/**", ".tollgate/**"];
const db = "{lib,tests}/**/*.db.test.ts";

/**
 * unit: no database. db: a database of its own per file, cloned from a migrated template. http: the same, with the
 * real API in the test's process. components: in jsdom. tidy: the rules about the files themselves, which change nothing
 * and share what they read.
 */
export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // Outside of Next's bundles the package's own entry throws.
      { find: /^server-only$/, replacement: path.join(root, "node_modules/server-only/empty.js") },
    ],
  },
  test: {
    maxWorkers: 2,
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { LOG_LEVEL: "silent", AUTH_SECRET: process.env.AUTH_SECRET ?? "t".repeat(43), NEXT_TELEMETRY_DISABLED: "1" },
    server: { deps: { inline: ["next-auth"] } }, // It imports "next/server" without an extension.
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{app,components,lib,scripts,server,bench,sandbox}/**/*.test.ts",
            "tests/**/*.unit.test.ts",
            "tests/sandbox/**/*.test.ts",
          ],
          exclude: [...never, db],
        },
      },
      {
        extends: true,
        test: {
          name: "components",
          include: ["{app,components}/**/*.test.tsx"],
          exclude: never,
          environment: "jsdom",
        },
      },
      { extends: true, test: { name: "db", include: [db], exclude: never, ...database } },
      {
        extends: true,
        test: { name: "http", include: ["tests/{seeds,http}/**/*.test.ts"], exclude: [...never, db], ...database },
      },
      { extends: true, test: { name: "abuse", include: ["tests/abuse/**/*.test.ts"], exclude: never } },
      { extends: true, test: { name: "tidy", isolate: false, include: ["tests/tidy*.test.ts"] } },
    ],
  },
});
