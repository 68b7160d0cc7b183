/**
 * Makes what the corpus speaks of in the database of DATABASE_URL, through the verbs, and writes its names as JSON to
 * the file given: credentials that work and that do not, of one customer and of another, and objects in every state.
 */
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { encode } from "next-auth/jwt";
import {
  createGatewaySecret,
  createKey,
  createOrganization,
  endSessionOfToken,
  revokeGatewaySecret,
  revokeKey,
  startSession,
} from "@/lib/accounts/index";
import {
  applyCatalogue,
  readCatalogueText,
  readLiveCatalogue,
  startCatalogue,
  stopCatalogue,
} from "@/lib/catalogue/index";
import { charge, hold, release, settle } from "@/lib/gate/index";
import { newId, newToken, organizationPublicId, publicId } from "@/lib/kernel/ids";
import { parseAmount } from "@/lib/kernel/money";
import { ensurePartitions, grant, listTransactions } from "@/lib/ledger/index";
import { transactionsQuery } from "@/lib/ledger/schema";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { closeDatabase, database } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { newSessionToken, sessionCookie, sessionHash } from "@/lib/platform/session";
import { listEvents } from "@/lib/usage/index";
import { eventsQuery } from "@/lib/usage/schema";
import type { Subjects } from "./cases";

const LONG_SECONDS = 86_400;
const HOUR_MS = 3_600_000;
const call = { endpoint: "chat", model: "gpt-4o", quantities: { input_token: 10n, output_token: 10n } };

type Customer = { own: Context; subjects: Subjects };

/** A customer with credit, a key, holds in every state, a charge, and a page of each list. */
async function customer(ctx: InstallationContext, scale: number): Promise<Customer> {
  const { id, organizationId } = await createOrganization(ctx, { name: "Abuse", externalId: randomUUID() });
  const own: Context = { ...ctx, organizationId };
  const amount = parseAmount("100", scale);
  await grant(own, { amount, kind: "purchased", reason: "test", idempotencyKey: randomUUID() });
  const { id: keyId, key } = await createKey(own, { name: "server" });
  const asked = () => ({ ...call, key, idempotencyKey: randomUUID(), expiresIn: LONG_SECONDS });
  const used = asked();
  const open = await hold(ctx, used);
  const settled = await hold(ctx, asked());
  await settle(ctx, { id: settled.id, quantities: call.quantities });
  const released = await hold(ctx, asked());
  await release(ctx, { id: released.id });
  const paid = await charge(ctx, { ...call, key, idempotencyKey: randomUUID() });
  await charge(ctx, { ...call, key, idempotencyKey: randomUUID() });
  const now = { ...own, now: new Date() };
  const transactions = await listTransactions(now, transactionsQuery.parse({ limit: "1" }));
  const events = await listEvents(now, eventsQuery.parse({ limit: "1" }));
  const subjects = {
    uuid: organizationId,
    organization: id,
    key,
    keyId,
    hold: open.id,
    usedKey: used.idempotencyKey,
    settledHold: settled.id,
  };
  const lists = {
    cursor: transactions.nextCursor ?? "",
    eventCursor: events.nextCursor ?? "",
    event: events.data[0]?.id ?? "",
  };
  return {
    own,
    subjects: {
      ...subjects,
      ...lists,
      releasedHold: released.id,
      charge: paid.id,
      transaction: transactions.data[0]?.id ?? "",
    },
  };
}

async function wrongCredentials({ own }: Customer, key: string): Promise<Subjects> {
  const revoked = await createKey(own, { name: "revoked" });
  await revokeKey(own, { id: revoked.id });
  const past = new Date(own.now.getTime() - HOUR_MS);
  const earlier = { ...own, now: new Date(past.getTime() - HOUR_MS) };
  const expired = await createKey(earlier, { name: "expired", expiresAt: past });
  // A gateway belongs to the installation, and to no organization.
  const installation = { actor: own.actor, now: own.now, db: own.db };
  const gateway = await createGatewaySecret(installation, { name: "revoked" });
  await revokeGatewaySecret(installation, { id: gateway.id });
  const limited = await createKey(own, { name: "limited", limits: { total: 1n } });
  return {
    revokedKey: revoked.key,
    revokedKeyId: revoked.id,
    expiredKey: expired.key,
    revokedGateway: gateway.secret,
    limitedKey: limited.key,
    strangerKey: newToken("sk"),
    strangerGateway: newToken("gw"),
    typoKey: `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`,
  };
}

/** Ids in the right form of what does not exist, alone and within the customer's own organization. */
function forgedIds(organizationId: string): Subjects {
  const stranger = newId();
  const names = ["hold", "chg", "txn", "evt", "key", "grt"] as const;
  const ids = names.flatMap((name): [string, string][] => [
    [`${name}OfNobody`, publicId(name, stranger, newId())],
    [`${name}Forged`, publicId(name, organizationId, newId())],
  ]);
  return { ...Object.fromEntries(ids), strangerOrganization: organizationPublicId(stranger) };
}

async function user({ db }: Context): Promise<string> {
  const { rows } = await db.operator.query<{ id: string }>(
    "INSERT INTO \"user\" (email, name, email_verified) VALUES ($1, 'Abuse', now()) RETURNING id",
    [`${randomUUID()}@abuse.example`],
  );
  return rows[0]?.id ?? "";
}

/** A session that no sign-in made, which ends in so many hours. */
async function rowOf({ db }: Context, userId: string, hours: number): Promise<string> {
  const token = newSessionToken();
  await db.operator.query(
    "INSERT INTO session (session_token, user_id, expires) VALUES ($1, $2, now() + $3 * interval '1 hour')",
    [sessionHash(token), userId, hours],
  );
  return token;
}

async function sessions({ own }: Customer): Promise<Subjects> {
  const sub = await user(own);
  await own.db.operator.query("INSERT INTO member (organization_id, user_id, role) VALUES ($1, $2, 'viewer')", [
    own.organizationId,
    sub,
  ]);
  const visit = { db: own.db, now: new Date() };
  const started = async () => (await startSession(visit, { userId: sub })).token;
  const session = await started();
  const ended = await started();
  await endSessionOfToken(visit, ended);
  const salt = sessionCookie();
  const secret = env().AUTH_SECRET ?? "";
  return {
    user: sub,
    cookieName: salt,
    session,
    sessionEnded: ended,
    sessionHash: sessionHash(session),
    // What next-auth seals where it keeps sessions in the cookie itself; here it means nothing.
    sessionSealed: await encode({ token: { sub }, secret, salt }),
    sessionOfOtherSecret: await encode({ token: { sub }, secret: "x".repeat(43), salt }),
    sessionOfNoMember: await rowOf(own, await user(own), 1),
    sessionOfNobody: newSessionToken(),
    sessionExpired: await rowOf(own, sub, -1),
    sessionCut: session.slice(0, -4),
  };
}

async function make(file: string): Promise<void> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  if (!(await readLiveCatalogue(ctx.db))) {
    const { text, fileName } = await readCatalogueText(env().CATALOGUE);
    await applyCatalogue(ctx, { text, fileName });
  }
  await ensurePartitions(ctx);
  const { scale } = (await startCatalogue(ctx.db)).catalogue.unit;
  const mine = await customer(ctx, scale);
  const other = await customer(ctx, scale);
  const poor = await createOrganization(ctx, { name: "Poor", externalId: randomUUID() });
  const poorKey = await createKey({ ...ctx, organizationId: poor.organizationId }, { name: "poor" });
  const others = Object.entries(other.subjects).map(([name, text]) => [
    `other${name[0]?.toUpperCase()}${name.slice(1)}`,
    text,
  ]);
  const subjects = {
    ...mine.subjects,
    ...Object.fromEntries(others),
    ...(await wrongCredentials(mine, mine.subjects.key ?? "")),
    ...forgedIds(mine.own.organizationId),
    ...(await sessions(mine)),
    gateway: (await createGatewaySecret(ctx, { name: "abuse" })).secret,
    poorKey: poorKey.key,
    poorOrganization: poor.id,
  };
  const missing = Object.entries(subjects).flatMap(([name, text]) => (text === "" ? [name] : []));
  if (missing.length > 0) throw new Error(`the subjects lack ${missing.join(", ")}`);
  writeFileSync(file, JSON.stringify(subjects), { mode: 0o600 });
}

try {
  await make(process.argv[2] ?? "");
} finally {
  stopCatalogue();
  await closeDatabase();
}
