/** Signing in by GitHub, against a server that speaks GitHub's part of OAuth as an Enterprise Server does. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { sessionCookie, userOfSession } from "@/lib/platform/session";
import { presetInstallation } from "../fixtures/catalogue";

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "user-agent": "Browser/1" }),
  cookies: async () => ({ get: () => undefined, set: () => undefined }),
}));

type Address = { email: string; primary: boolean; verified: boolean };
type Person = { id: number; name: string; addresses: Address[]; shown?: string };

const ORIGIN = "http://localhost";
const state: { person: Person; tokens: string[] } = { person: { id: 1, name: "", addresses: [] }, tokens: [] };
let gitHub: Server;

function answerOf(path: string, authorization: string | undefined): object | undefined {
  if (path === "/login/oauth/access_token") {
    const token = newId();
    state.tokens.push(`Bearer ${token}`);
    return { access_token: token, token_type: "bearer", scope: "read:user,user:email" };
  }
  if (!authorization || !state.tokens.includes(authorization)) return undefined;
  const { id, name, addresses, shown } = state.person;
  if (path === "/api/v3/user") return { id, login: name, name, email: shown ?? null, avatar_url: "" };
  return path === "/api/v3/user/emails" ? addresses : undefined;
}

await presetInstallation("persly");
beforeAll(async () => {
  gitHub = createServer((request, response) => {
    request.resume().on("end", () => {
      const answer = answerOf(request.url ?? "", request.headers.authorization);
      response.writeHead(answer ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { message: "Bad credentials" }));
    });
  });
  await new Promise<void>((resolve) => gitHub.listen(0, "127.0.0.1", resolve));
  const { port } = gitHub.address() as AddressInfo;
  const secrets = { AUTH_GITHUB_ID: "id", AUTH_GITHUB_SECRET: "secret", AUTH_SECRET: "s".repeat(43) };
  Object.assign(env(), secrets, { AUTH_GITHUB_URL: `http://127.0.0.1:${port}` });
});
afterAll(() => new Promise((resolve) => gitHub.close(resolve)));
beforeEach(() => {
  env().SIGN_UP = "open";
});

const pairsOf = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]?.split("=", 2) as [string, string]);

/** Goes through the browser's part: the button, GitHub's consent, and the way back with the code. */
async function signIn(change: (back: URL) => void = () => undefined) {
  const { handlers } = await import("@/lib/adapters/portal/oauth");
  const jar = new Map<string, string>();
  const ask = async (path: string, init: { method?: string; body?: URLSearchParams } = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new NextRequest(`${ORIGIN}${path}`, { ...init, headers: { cookie, host: "localhost" } });
    const response = await (init.method === "POST" ? handlers.POST : handlers.GET)(request);
    for (const [name, value] of pairsOf(response)) jar.set(name, value);
    return response;
  };
  const { csrfToken } = await (await ask("/api/auth/csrf")).json();
  const body = new URLSearchParams({ csrfToken, callbackUrl: `${ORIGIN}/usage` });
  const sent = await ask("/api/auth/signin/github", { method: "POST", body });
  const consent = new URL(sent.headers.get("location") ?? "");
  const back = new URL(consent.searchParams.get("redirect_uri") ?? "");
  back.searchParams.set("code", "code-1");
  back.searchParams.set("state", consent.searchParams.get("state") ?? "");
  change(back);
  const done = await ask(`${back.pathname}${back.search}`);
  const token = jar.get(sessionCookie());
  const user = token && (await userOfSession(new Headers({ cookie: `${sessionCookie()}=${token}` })));
  return { to: new URL(done.headers.get("location") ?? "", ORIGIN), token, user, consent };
}

const rows = async (sql: string, ...values: unknown[]) => (await database().operator.query(sql, values)).rows;
const somebody = (verified = true): Person => {
  const email = `${newId()}@people.example`;
  return {
    id: Math.abs(Number.parseInt(newId().slice(-8), 16)),
    name: "Ada",
    addresses: [{ email, primary: true, verified }],
  };
};

it("a sign-in by GitHub opens an account for the address that GitHub has proved, and a session whose token is kept as a hash", async () => {
  state.person = { ...somebody(), shown: "shown@elsewhere.example" };
  const { to, token, user, consent } = await signIn();
  expect(consent.pathname).toBe("/login/oauth/authorize");
  expect(to.pathname).toBe("/usage");
  const [{ email } = { email: "" }] = state.person.addresses;
  expect(user).toMatchObject({ user: { email } });
  const found = await rows(
    `SELECT s.session_token FROM session s JOIN "user" u ON u.id = s.user_id WHERE u.email = $1`,
    email,
  );
  expect(found).toHaveLength(1);
  expect(found[0].session_token).not.toBe(token);
});

it("a sign-in by GitHub finds the same user the second time, and the user of an earlier sign-in by mail", async () => {
  state.person = somebody();
  const email = state.person.addresses[0]?.email ?? "";
  await rows(`INSERT INTO "user" (email, email_verified) VALUES ($1, now())`, email);
  await signIn();
  const { user } = await signIn();
  expect(user).toMatchObject({ user: { email } });
  expect(await rows(`SELECT 1 FROM "user" WHERE email = $1`, email)).toHaveLength(1);
});

it("a sign-in by GitHub is refused for an address that GitHub did not prove", async () => {
  state.person = { ...somebody(false), shown: "victim@people.example" };
  const { to, user } = await signIn();
  expect(user).toBeUndefined();
  expect(to.pathname).toBe("/sign-in");
  expect(await rows(`SELECT 1 FROM "user" WHERE email = $1`, state.person.addresses[0]?.email)).toHaveLength(0);
});

it("a sign-in by GitHub needs an invitation where sign-up is by invitation", async () => {
  env().SIGN_UP = "invited";
  state.person = somebody();
  expect((await signIn()).user).toBeUndefined();
});

it("a sign-in by GitHub refuses a response that this browser did not request", async () => {
  state.person = somebody();
  const { user, to } = await signIn((back) => {
    back.searchParams.set("state", "forged");
  });
  expect(user).toBeUndefined();
  expect(to.pathname).toBe("/sign-in");
});
