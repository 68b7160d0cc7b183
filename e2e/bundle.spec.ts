/** What is sent to every browser holds nothing of the server: no secret, no code of its own, no map to its sources. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures";

const BUILT = ".next/static";
const files = readdirSync(BUILT, { recursive: true, encoding: "utf8" }).filter((name) => /\.\w+$/.test(name));
const texts = files.filter((name) => /\.(?:js|css|json|txt|html)$/.test(name));

/** Whole credentials, whose form says what they are. */
const CREDENTIALS = [
  /\b(?:sk|gw)_[\w-]{38}/,
  /\b(?:sk|rk|pk)_(?:live|test)_\w+/,
  /\bwhsec_\w+/,
  /-----BEGIN [A-Z ]*KEY/,
];
/** What only the server's modules say. */
const SERVER = [
  ...["lib/platform", "node_modules/pg", "PrismaClient", "prisma:client", "graphile", "nodemailer", "prom-client"],
  ...["DATABASE_URL", "AUTH_SECRET", "SMTP_URL", "AUTH_GITHUB_SECRET", "STRIPE_SECRET", "postgresql://"],
  ...["set_config", "ledger.gate", "SET ROLE", "node:crypto", "node:fs"],
];

const found = (wanted: (text: string) => boolean) =>
  texts.filter((name) => wanted(readFileSync(path.join(BUILT, name), "utf8")));

test("the scripts that browsers load exist", () => {
  expect(texts.length).toBeGreaterThan(20);
  expect(found((text) => text.includes("data-theme"))).not.toEqual([]);
});

test("no script holds a credential, or what this server keeps secret", () => {
  const kept = ["AUTH_SECRET", "DATABASE_URL"].flatMap((name) => process.env[name] ?? []);
  for (const pattern of CREDENTIALS)
    expect(
      found((text) => pattern.test(text)),
      String(pattern),
    ).toEqual([]);
  for (const secret of kept) expect(found((text) => text.includes(secret))).toEqual([]);
});

test("no script holds code of the server", () => {
  for (const word of SERVER)
    expect(
      found((text) => text.includes(word)),
      word,
    ).toEqual([]);
});

test("no map leads to the sources, neither in the build nor by its address", async ({ request }) => {
  expect(files.filter((name) => name.endsWith(".map"))).toEqual([]);
  expect(found((text) => text.includes("sourceMappingURL"))).toEqual([]);
  const script = texts.find((name) => name.endsWith(".js")) as string;
  expect((await request.get(`/_next/static/${script}`)).status()).toBe(200);
  expect((await request.get(`/_next/static/${script}.map`)).status()).toBe(404);
});

test("the Overview loads at most 215 kB of scripts, and no schemas", async ({ demo }) => {
  const asked: Promise<Buffer>[] = [];
  demo.on("response", (response) => {
    if (response.request().resourceType() === "script") asked.push(response.body());
  });
  await demo.goto("/");
  await expect(demo.getByRole("region", { name: "Keys near their limit" })).toBeVisible();
  await demo.waitForLoadState("load");
  const scripts = await Promise.all(asked);
  expect(scripts.length).toBeGreaterThan(5);
  expect(scripts.filter((script) => script.includes("ZodType"))).toEqual([]);
  expect(scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0)).toBeLessThanOrEqual(215_000);
});

test("no page tells what this server keeps secret", async ({ demo, facts }) => {
  const kept = ["AUTH_SECRET", "DATABASE_URL"].flatMap((name) => process.env[name] ?? []);
  for (const place of ["/sign-in", "/", "/keys", "/settings", "/developers"]) {
    const text = await (await demo.request.get(place)).text();
    for (const secret of [...kept, facts.gatewaySecret, facts.customerKey]) expect(text, place).not.toContain(secret);
  }
});
