/** Which organization the portal acts and reads for: the one that the page shows, and never the one used last. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { startSession } from "@/lib/accounts";
import { newId, organizationPublicId, publicId } from "@/lib/kernel/ids";
import { LAST_ORGANIZATION } from "@/lib/kernel/last-organization";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { organizationPaths } from "@/lib/kernel/paths";
import { database } from "@/lib/platform/db";
import { sessionCookie } from "@/lib/platform/session";
import { expectProblem, gatewayApi } from "../fixtures/gateway";
import type { Customer } from "../fixtures/gateway-calls";

const asked = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => asked.headers }));

/** Two of one person's, and another tenant's. */
let first: Customer;
let second: Customer;
let other: Customer;
let userId: string;
let session: string;

const api = await gatewayApi("apertis");
beforeAll(async () => {
  first = await api.customer({ credit: "1" });
  second = await api.customer({ credit: "2" });
  other = await api.customer({ credit: "3" });
  const [user] = await api.rows(`INSERT INTO "user" (email) VALUES ($1) RETURNING id`, [`${randomUUID()}@a.example`]);
  userId = String(user?.id);
  for (const { organizationId } of [first, second]) {
    const joined = new Date(organizationId === first.organizationId ? 0 : 1_000);
    await api.rows("INSERT INTO member (organization_id, user_id, role, created_at) VALUES ($1, $2, 'owner', $3)", [
      organizationId,
      userId,
      joined,
    ]);
  }
  session = `${sessionCookie()}=${(await startSession({ db: database(), now: new Date() }, { userId })).token}`;
});

/** A request of the signed-in user, whose browser used `last` last, to an address. */
const browser = (last: Customer, page: string) =>
  new Headers({ cookie: `${session}; ${LAST_ORGANIZATION}=${last.id}`, [PAGE_HEADER]: page });

describe("an action", () => {
  const invite = async (shown: unknown, headers: Headers) => {
    asked.headers = headers;
    const { inviteAction } = await import("@/app/o/[organization]/team/actions");
    const email = `${randomUUID()}@a.example`;
    const answer = await inviteAction(shown, { email, role: "viewer" });
    const made = await api.rows("SELECT organization_id AS id FROM invitation WHERE email = $1", [email]);
    return { refusal: answer.refusal, made: made.map(({ id }) => id) };
  };
  const team = (of: Customer) => organizationPaths(of.id).team;

  it("acts for the organization of its page, whichever another tab has used since", async () => {
    const sent = await invite(first.id, browser(second, team(first)));
    expect(sent).toEqual({ refusal: undefined, made: [first.organizationId] });
    expect((await invite(second.id, browser(first, team(second)))).made).toEqual([second.organizationId]);
  });

  it("is refused and changes nothing where its page and its address name two organizations", async () => {
    const { refusal, made } = await invite(first.id, browser(first, team(second)));
    expect(refusal).toMatchObject({ code: "organization_mismatch", organization: second.id });
    expect(made).toEqual([]);
  });

  it("is refused where its form names no organization, and offers the last used one", async () => {
    for (const shown of [undefined, null, {}, [first.id]]) {
      const { refusal, made } = await invite(shown, browser(second, team(second)));
      expect(refusal).toMatchObject({ code: "organization_mismatch", organization: second.id });
      expect(made).toEqual([]);
    }
  });

  it("finds another tenant's organization as little as one that does not exist", async () => {
    for (const shown of [other.id, organizationPublicId(newId()), "org_", ""]) {
      const { refusal, made } = await invite(shown, browser(first, "/o"));
      expect([refusal?.code, made], shown).toEqual(["not_found", []]);
    }
    const { refusal } = await invite(first.id, browser(first, team(other)));
    expect(refusal).toMatchObject({ code: "organization_mismatch", organization: first.id });
  });

  it("says so without a signed-in user, and names no organization", async () => {
    for (const shown of [first.id, other.id, undefined]) {
      const { refusal } = await invite(shown, new Headers());
      expect(refusal).toEqual({ code: "unauthenticated", problem: expect.any(String) });
    }
  });
});

describe("every action", () => {
  it("takes the organization of its page before its form's fields", async () => {
    asked.headers = browser(first, "/o");
    const files = import.meta.glob<Record<string, (shown: unknown, input: unknown) => Promise<unknown>>>(
      "../../app/o/**/actions.ts",
    );
    const actions = (await Promise.all(Object.values(files).map((load) => load()))).flatMap((file) =>
      Object.entries(file).filter(([name]) => name !== "signOutAction"),
    );
    expect(actions.length).toBeGreaterThan(25);
    for (const [name, action] of actions) {
      expect(await action(undefined, {}), name).toMatchObject({ refusal: { code: "organization_mismatch" } });
      expect(await action(other.id, {}), name).toMatchObject({ refusal: { code: "not_found" } });
    }
  });
});

describe("the balance stream of a page", () => {
  const stream = (query: string) => api.send("GET", `/v1/balance/stream${query}`, { headers: { cookie: session } });

  it("belongs to the organization that the page names, whichever was used last", async () => {
    const { apiFetch } = await import("@/lib/adapters/http/app");
    for (const [of, available] of [
      [first, "1"],
      [second, "2"],
    ] as const) {
      const headers = { cookie: `${session}; ${LAST_ORGANIZATION}=${second.id}` };
      const response = await apiFetch(
        new Request(`http://localhost/v1/balance/stream?organization=${of.id}`, { headers }),
      );
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const { value } = await reader.read();
      expect(new TextDecoder().decode(value)).toContain(`"available":"${available}"`);
      await reader.cancel();
    }
  });

  it("is refused without an organization, and is 404 for another tenant's", async () => {
    expectProblem(await stream(""), 409, "organization_mismatch");
    expectProblem(await stream(`?organization=${other.id}`), 404, "not_found");
    expectProblem(await stream("?organization=org_"), 404, "not_found");
    const key = await api.send("GET", `/v1/balance/stream?organization=${other.id}`, { token: first.key });
    expectProblem(key, 404, "not_found");
    expectProblem(await api.send("GET", `/v1/balance/stream?organization=${first.id}`), 401, "unauthenticated");
  });
});

describe("an address without an organization", () => {
  const leads = async (path: string, last = second) => {
    const { inLastUsed } = await import("@/lib/adapters/portal/last-used");
    return inLastUsed(browser(last, "/"), userId, path);
  };

  it("leads to the last used organization, with its path and query", async () => {
    expect(await leads("/")).toBe(`/o/${second.id}`);
    expect(await leads("/usage?r=7d&m=gpt-4o#log", first)).toBe(`/o/${first.id}/usage?r=7d&m=gpt-4o#log`);
    expect(await leads("/?a=b")).toBe(`/o/${second.id}?a=b`);
  });

  it("leads to the member's oldest organization where the browser last used another user's, or none", async () => {
    expect(await leads("/keys", other)).toBe(`/o/${first.id}/keys`);
  });

  it("leads to the organization of a payment from which the reader returns, where they are a member of it", async () => {
    const back = (of: Customer) => `/billing/return?payment=${publicId("pay", of.organizationId, newId())}`;
    expect(await leads(back(first))).toMatch(`/o/${first.id}/billing/return?payment=pay_`);
    expect(await leads(back(other))).toMatch(`/o/${second.id}/billing/return?payment=pay_`);
  });

  it("stays as it is where it is no page of an organization", async () => {
    for (const path of ["/invitations/abc", "/dev/outbox", "/gallery"]) expect(await leads(path)).toBe(path);
  });
});
