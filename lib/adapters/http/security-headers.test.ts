import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterEach, describe, expect, it, vi } from "vitest";
import { dataHeaders, pagePolicy, portalHeaders, TOAST_STYLE_HASHES } from "./security-headers";

/** The environment is read once per process, so each installation has modules of its own. */
async function environment(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import("@/lib/platform/env")).env();
}

const production = (variables: Record<string, string> = {}) => environment({ NODE_ENV: "production", ...variables });

afterEach(() => vi.unstubAllEnvs());

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(policy.split("; ").map((text) => text.split(/ (.*)/s).slice(0, 2)));
}

describe("the policy of a page", () => {
  it("runs scripts that carry the nonce, and takes nothing from another host", async () => {
    expect(directives(pagePolicy("bm9uY2U=", await production()))).toEqual({
      "default-src": "'none'",
      "script-src": "'self' 'nonce-bm9uY2U=' 'strict-dynamic'",
      "style-src-elem": `'self' 'nonce-bm9uY2U=' '${TOAST_STYLE_HASHES.join("' '")}'`,
      "style-src-attr": "'unsafe-inline'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "manifest-src": "'self'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "frame-ancestors": "'none'",
    });
  });

  it("is looser in development, where code is compiled in the browser, and only there", async () => {
    const policy = directives(pagePolicy("n", await environment({ NODE_ENV: "development" })));
    expect(policy["script-src"]).toBe("'self' 'nonce-n' 'strict-dynamic' 'unsafe-eval'");
    expect(policy["style-src-elem"]).toBe("'self' 'unsafe-inline'");
    expect(pagePolicy("n", await production())).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  });

  it("allows frames of the origins that are named", async () => {
    const of = await production({ EMBED_ORIGINS: "https://app.example.com, http://localhost:4000" });
    expect(directives(pagePolicy("n", of))["frame-ancestors"]).toBe("https://app.example.com http://localhost:4000");
    expect(portalHeaders(of)).not.toHaveProperty("x-frame-options");
  });

  it("lets a form lead to the configured providers, because browsers apply this rule to redirects", async () => {
    const one = await production({ AUTH_GITHUB_ID: "a", AUTH_GITHUB_SECRET: "b" });
    expect(directives(pagePolicy("n", one))["form-action"]).toBe("'self' https://github.com");
    const both = await production({ AUTH_GOOGLE_ID: "a", AUTH_GOOGLE_SECRET: "b" });
    expect(directives(pagePolicy("n", both))["form-action"]).toBe(
      "'self' https://github.com https://accounts.google.com",
    );
  });

  it("knows the style sheet of the installed toasts", () => {
    const source = readFileSync(
      createRequire(import.meta.url)
        .resolve("sonner")
        .replace(/\.js$/, ".mjs"),
      "utf8",
    );
    const style = JSON.parse(/^__insertCSS\((".*")\);?$/m.exec(source)?.[1] ?? '""') as string;
    expect(style.length).toBeGreaterThan(1_000);
    const hashes = ["", style].map((text) => `sha256-${createHash("sha256").update(text).digest("base64")}`);
    expect(hashes).toEqual(TOAST_STYLE_HASHES);
  });
});

describe("the headers of a page", () => {
  it("refuse frames, sniffing and other people's windows", async () => {
    expect(portalHeaders(await production())).toEqual({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "cross-origin-opener-policy": "same-origin",
      "x-frame-options": "DENY",
    });
  });

  it("let a browser do nothing with data, and let no cache keep them", async () => {
    expect(dataHeaders(await production())).toEqual({
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
    });
  });

  it("ask for TLS where the portal is reached over it, and not where that would lock the reader out", async () => {
    const secure = await production({ PUBLIC_URL: "https://billing.example.com" });
    const transport = "max-age=63072000; includeSubDomains";
    expect(portalHeaders(secure)["strict-transport-security"]).toBe(transport);
    expect(dataHeaders(secure)["strict-transport-security"]).toBe(transport);
    expect(pagePolicy("n", secure)).toContain("; upgrade-insecure-requests");
    const plain = await production({ PUBLIC_URL: "http://billing.example.com" });
    expect(portalHeaders(plain)).not.toHaveProperty("strict-transport-security");
    expect(pagePolicy("n", plain)).not.toContain("upgrade-insecure-requests");
  });
});

describe("the setting EMBED_ORIGINS", () => {
  it.each([
    ["", []],
    ["https://app.example.com", ["https://app.example.com"]],
    [
      " https://a.example ,https://b.example:8443\nhttp://localhost:4000 ",
      ["https://a.example", "https://b.example:8443", "http://localhost:4000"],
    ],
  ])("reads %j", async (text, expected) => {
    expect((await production({ EMBED_ORIGINS: text })).EMBED_ORIGINS).toEqual(expected);
  });

  it.each([
    "*",
    "https:",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://*.example.com",
    "https://APP.example.com",
    "https://app.example.com:443",
    "https://user@app.example.com",
    "https://app.example.com; script-src *",
    "https://app.example.com;script-src",
    "https://app'.example.com",
    "'self'",
    "javascript://app.example.com",
    "null",
  ])("stops the start with %j", async (text) => {
    await expect(production({ EMBED_ORIGINS: text })).rejects.toThrow("EMBED_ORIGINS");
  });
});
