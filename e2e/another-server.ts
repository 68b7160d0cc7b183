/** The built server once more on the same database, as an operator with other wishes would run it. */
import { serve } from "@/scripts/serve.mjs";

export type AnotherServer = { url: string; close: () => Promise<void> };

const NEEDED = ["DATABASE_URL", "CATALOGUE", "AUTH_SECRET"] as const;

/** `environment` is what differs from the server of the other tests. */
export async function startAnotherServer(environment: Record<string, string>): Promise<AnotherServer> {
  for (const name of NEEDED) if (!process.env[name]) throw new Error(`${name} is not set: run it by \`npm test\`.`);
  const server = serve({
    ...{ NODE_ENV: "production", ROLE: "web", HOST: "127.0.0.1", PORT: "0", DEMO: "1", LOG_LEVEL: "warn" },
    ...environment,
  });
  const ended = new Promise<void>((resolve) => server.child.once("exit", () => resolve()));
  const close = () => {
    server.child.kill("SIGTERM");
    return ended;
  };
  return { url: `http://localhost:${await server.port}`, close };
}
