/** This machine's clock is ten minutes wrong, or set while the process runs: what is decided goes by the database's. */
import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { gatewayApi } from "../fixtures/gateway";

const MINUTE_MS = 60_000;
const SKEWS = [10 * MINUTE_MS, -10 * MINUTE_MS];

const api = await gatewayApi("apertis");
beforeAll(async () => {
  const { followDatabaseClock } = await import("@/lib/platform/clock");
  const { database } = await import("@/lib/platform/db");
  await followDatabaseClock(database());
});
afterEach(() => void vi.useRealTimers());

async function databaseTime(): Promise<Date> {
  return (await api.rows("SELECT clock_timestamp() AS at"))[0]?.at as Date;
}
function skew(by: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + by });
}

describe.each(SKEWS)("a process whose clock is %d ms wrong", (by) => {
  it("follows the database's clock, even when its own clock changed after the start", async () => {
    const { now } = await import("@/lib/platform/clock");
    skew(by);
    const behind = (await databaseTime()).getTime() - now().getTime();
    expect(Math.abs(Date.now() - now().getTime())).toBeGreaterThan(9 * MINUTE_MS);
    expect(Math.abs(behind)).toBeLessThan(MINUTE_MS);
  });

  it("neither ends a session early nor keeps an expired one", async () => {
    const { organizationOfSession, sessionCookie, sessionHash } = await import("@/lib/platform/session");
    const { id, organizationId } = await api.customer();
    const signedIn = async (minutesLeft: number) => {
      const token = randomUUID();
      const [user] = await api.rows(`INSERT INTO "user" (email) VALUES ($1) RETURNING id`, [`${token}@a.example`]);
      await api.rows("INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, 'viewer')", [
        ...[organizationId, user?.id],
      ]);
      await api.rows(
        `INSERT INTO session (session_token, user_id, expires, created_at, seen_at)
         VALUES ($1, $2, now() + make_interval(mins => $3), now(), now())`,
        [sessionHash(token), user?.id, minutesLeft],
      );
      return new Headers({ cookie: `${sessionCookie()}=${token}` });
    };
    const [live, over] = [await signedIn(5), await signedIn(-5)];
    skew(by);
    expect(await organizationOfSession(live, id)).toMatchObject({ organizationId });
    expect(await organizationOfSession(over, id)).toBeUndefined();
  });

  it("accepts usage that is reported for now, and for the last of its 35 days", async () => {
    const { key } = await api.customer({ credit: "5" });
    const at = (await databaseTime()).getTime();
    skew(by);
    for (const occurredAt of [at, at - 35 * 24 * 60 * MINUTE_MS + 5 * MINUTE_MS]) {
      const body = { key, endpoint: "chat", model: "gpt-4.1", quantities: { input_token: 1, output_token: 1 } };
      const answer = await api.post("/v1/charges", { ...body, occurredAt: new Date(occurredAt).toISOString() });
      expect(answer.status, answer.text).toBe(201);
    }
  });

  it("makes a catalogue live that was just applied", async () => {
    const { applyCatalogue, liveCatalogue, readCatalogueText } = await import("@/lib/catalogue");
    const { text } = await readCatalogueText("apertis");
    skew(by);
    const made = await applyCatalogue(api.operator(), { text: `${text}\n# ${randomUUID()}\n`, fileName: "apertis" });
    expect((await liveCatalogue(api.operator().db)).version).toBe(made.version);
    expect(Math.abs(made.effectiveAt.getTime() - (await databaseTime()).getTime())).toBeLessThan(MINUTE_MS);
  });
});
