import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { newId, organizationPublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { organizationOfSession, organizationOfUser, sessionCookie, userOfSession } from "@/lib/platform/session";
import { presetInstallation } from "@/tests/fixtures/catalogue";
import {
  acceptSignInLink,
  askSignInLink,
  endAllSessions,
  endSession,
  endSessionOfToken,
  forgetExpired,
  inviteMember,
  isSignInLinkOpen,
  listSessions,
  startSession,
} from "../index";

const now = new Date("2026-11-21T10:00:00Z");
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const { db } = await presetInstallation("apertis");
const visit = { db, now, origin: { address: "203.0.113.7", agent: "Browser/1" } };

afterEach(() => {
  env().SIGN_UP = "open";
});

const rows = async (sql: string, values: unknown[] = []) => (await database().operator.query(sql, values)).rows;
const someone = () => `${randomUUID()}@people.example`;
const cookie = (token: string) => new Headers({ cookie: `a=b; ${sessionCookie()}=${token}; c=d` });

/** Asks for a link and answers its token, as the mail would. */
async function ask(email: string, at = now, address = randomUUID()): Promise<string> {
  let given = "";
  const letter = ({ token }: { token: string }) => {
    given = token;
    return { subject: "Sign in", text: token };
  };
  await askSignInLink({ ...visit, now: at, origin: { address } }, { email, letter });
  return given;
}

const mails = (email: string) => rows("SELECT * FROM mail WHERE recipient = $1 AND subject = 'Sign in'", [email]);

async function signedIn(email = someone(), at = now) {
  const { userId } = await acceptSignInLink({ ...visit, now: at }, { email, token: await ask(email, at) });
  const { token } = await startSession({ ...visit, now: at }, { userId });
  const organization = organizationPublicId((await organizationOfUser(userId, [])) ?? "");
  return { userId, token, email, organization };
}

/** The context of a session's next request. */
async function contextOf(token: string, organization: string): Promise<{ ctx: Context; sessionId: string }> {
  const session = await organizationOfSession(cookie(token), organization, now);
  if (!session) throw new Error("the session is not live");
  const { userId, organizationId, role, sessionId } = session;
  return { ctx: { ...visit, organizationId, actor: { type: "user", userId, organizationId, role } }, sessionId };
}

describe("a session", () => {
  it("is found by its token, and stored as a hash only", async () => {
    const { token, userId, email, organization } = await signedIn();
    expect(await organizationOfSession(cookie(token), organization, now)).toMatchObject({
      userId,
      role: "owner",
      user: { email },
    });
    const stored = JSON.stringify(await rows("SELECT * FROM session WHERE user_id = $1", [userId]));
    expect(stored).not.toContain(token);
    const [{ session_token: hash }] = await rows("SELECT session_token FROM session WHERE user_id = $1", [userId]);
    for (const wrong of [hash, token.slice(0, -1), `${token}A`, "", "' OR true --", userId]) {
      expect(await organizationOfSession(cookie(wrong), organization, now), wrong).toBeUndefined();
    }
  });

  it("finds an organization for its members alone, whatever other organizations they have", async () => {
    const mine = await signedIn();
    const theirs = await signedIn();
    const found = await organizationOfSession(cookie(mine.token), mine.organization, now);
    expect(organizationPublicId(found?.organizationId ?? "")).toBe(mine.organization);
    for (const organization of [theirs.organization, organizationPublicId(newId()), "org_", ""]) {
      const asked = organizationOfSession(cookie(mine.token), organization, now);
      await expect(asked, organization).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("ends 30 days after its last use, and is written to once an hour at most", async () => {
    const { token, userId, organization } = await signedIn();
    const seen = async () => (await rows("SELECT seen_at, expires FROM session WHERE user_id = $1", [userId]))[0];
    await organizationOfSession(cookie(token), organization, later(59 * MINUTE_MS));
    expect(await seen()).toMatchObject({ seen_at: now, expires: later(30 * DAY_MS) });
    const hour = 60 * MINUTE_MS;
    await Promise.all(Array.from({ length: 5 }, () => organizationOfSession(cookie(token), organization, later(hour))));
    expect(await seen()).toMatchObject({ seen_at: later(hour), expires: later(hour + 30 * DAY_MS) });
    expect(await organizationOfSession(cookie(token), organization, later(hour + 30 * DAY_MS - 1))).toBeDefined();
    const end = later(hour + 60 * DAY_MS);
    expect(await organizationOfSession(cookie(token), organization, end)).toBeUndefined();
    await forgetExpired({ ...visit, actor: { type: "job" }, now: end });
    expect(await seen()).toBeUndefined();
  });

  it("is listed with its origin, and ends by its id at the very next request", async () => {
    const mine = await signedIn();
    const other = await startSession(visit, { userId: mine.userId });
    const { ctx, sessionId } = await contextOf(mine.token, mine.organization);
    const list = await listSessions(ctx, { sessionId });
    expect(list).toHaveLength(2);
    expect(list.find((one) => one.current)).toMatchObject({
      id: sessionId,
      address: "203.0.113.7",
      agent: "Browser/1",
      seenAt: now.toISOString(),
    });
    const id = list.find((one) => !one.current)?.id ?? "";
    await endSession(ctx, { id });
    expect(await organizationOfSession(cookie(other.token), mine.organization, now)).toBeUndefined();
    expect(await organizationOfSession(cookie(mine.token), mine.organization, now)).toBeDefined();
    await expect(endSession(ctx, { id })).rejects.toMatchObject({ code: "not_found" });
    const trail = await rows(
      "SELECT action, object_id, address FROM audit_entry WHERE organization_id = $1 ORDER BY id",
      [ctx.organizationId],
    );
    expect(trail).toContainEqual({ action: "session.ended", object_id: id, address: "203.0.113.7" });
    expect(trail).toContainEqual({ action: "session.started", object_id: sessionId, address: "203.0.113.7" });
  });

  it("cannot be ended by another user", async () => {
    const mine = await signedIn();
    const elsewhere = await signedIn();
    const { sessionId } = await contextOf(elsewhere.token, elsewhere.organization);
    const { ctx } = await contextOf(mine.token, mine.organization);
    await expect(endSession(ctx, { id: sessionId })).rejects.toMatchObject({ code: "not_found" });
    await expect(endSession(ctx, { id: "x" })).rejects.toMatchObject({ code: "validation_failed" });
    const operator: Context = { ...ctx, actor: { type: "operator" } };
    await expect(listSessions(operator, { sessionId })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("ends everywhere at once, with or without this one", async () => {
    const { token, userId, organization } = await signedIn();
    const others = [await startSession(visit, { userId }), await startSession(visit, { userId })];
    const stranger = await signedIn();
    const { ctx, sessionId } = await contextOf(token, organization);
    expect(await endAllSessions(ctx, { keep: sessionId })).toBe(2);
    for (const one of others) expect(await userOfSession(cookie(one.token), now)).toBeUndefined();
    expect(await userOfSession(cookie(token), now)).toBeDefined();
    expect(await endAllSessions(ctx, {})).toBe(1);
    expect(await userOfSession(cookie(token), now)).toBeUndefined();
    expect(await userOfSession(cookie(stranger.token), now)).toBeDefined();
  });

  it("ends when its browser signs out, and a second time changes nothing", async () => {
    const { token } = await signedIn();
    await endSessionOfToken(visit, token);
    await endSessionOfToken(visit, token);
    expect(await userOfSession(cookie(token), now)).toBeUndefined();
  });
});

describe("a sign-in link", () => {
  it("signs in once, one of sixty who try together, and is stored as a hash only", async () => {
    const email = someone();
    const token = await ask(` ${email.toUpperCase()} `);
    expect(await mails(email)).toMatchObject([{ text: token, subject: "Sign in" }]);
    expect(JSON.stringify(await rows("SELECT * FROM verification_token"))).not.toContain(token);
    expect(await isSignInLinkOpen(visit, { email, token })).toBe(true);
    const tries = await Promise.allSettled(Array.from({ length: 60 }, () => acceptSignInLink(visit, { email, token })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await isSignInLinkOpen(visit, { email, token })).toBe(false);
    expect(
      await rows('SELECT email FROM "user" WHERE email = $1 AND email_verified IS NOT NULL', [email]),
    ).toHaveLength(1);
  });

  it("expires after 15 minutes", async () => {
    const email = someone();
    const token = await ask(email);
    const late = { ...visit, now: later(15 * MINUTE_MS) };
    expect(await isSignInLinkOpen(late, { email, token })).toBe(false);
    await expect(acceptSignInLink(late, { email, token })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("belongs to its address alone", async () => {
    const token = await ask(someone());
    for (const email of [someone(), "", "x", "' OR true --", "a@b.example\u0000"]) {
      await expect(acceptSignInLink(visit, { email, token })).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });

  it("is sent five times an hour to one address, and then silently no more", async () => {
    const email = someone();
    await Promise.all(Array.from({ length: 8 }, () => ask(email)));
    expect(await mails(email)).toHaveLength(5);
    const unsent = await ask(email);
    expect(await isSignInLinkOpen(visit, { email, token: unsent })).toBe(false);
    await ask(email, later(61 * MINUTE_MS));
    expect(await mails(email)).toHaveLength(6);
  });

  it("can be requested twenty times an hour from one network address", async () => {
    const addresses = Array.from({ length: 25 }, someone);
    const place = randomUUID();
    for (const email of addresses) await ask(email, now, place);
    const sent = await Promise.all(addresses.map(mails));
    expect(sent.filter((one) => one.length === 1)).toHaveLength(20);
  });

  it("goes to known and invited addresses alone where sign-up is by invitation, with the same response for all", async () => {
    const known = await signedIn();
    const { ctx } = await contextOf(known.token, known.organization);
    const invited = someone();
    await inviteMember(ctx, { email: invited, role: "viewer" });
    env().SIGN_UP = "invited";
    const stranger = someone();
    for (const email of [known.email, invited, stranger]) await ask(email, later(2 * 60 * MINUTE_MS));
    expect(await mails(invited)).toHaveLength(1);
    expect(await mails(stranger)).toHaveLength(0);
    expect(await mails(known.email)).toHaveLength(2);
  });

  it("is refused for a malformed address", async () => {
    for (const email of ["", "a", "a@b", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"]) {
      await expect(ask(email), email).rejects.toMatchObject({ code: "validation_failed" });
    }
  });
});
