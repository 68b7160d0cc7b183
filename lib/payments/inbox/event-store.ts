/** The inbox: events that the provider posted, stored before anything is done about them. */
import type { InstallationDb } from "@/lib/platform/context";
import { type Client, changeInstallation, queryInstallation } from "@/lib/platform/db";

export type EventState = "received" | "applied" | "ignored" | "failed";
export type InboxEvent = {
  /** evt_… of the provider. */
  id: string;
  type: string;
  objectId: string | null;
  payload: unknown;
  attempts: number;
  receivedAt: Date;
};
export type StoredEvent = Omit<InboxEvent, "payload"> & {
  state: EventState;
  error: string | null;
  dueAt: Date;
  appliedAt: Date | null;
};

type NewEvent = { id: string; type: string; objectId: string | null; payload: string; createdAt: Date; now: Date };

/** Whether it is new: the provider posts an event again when it did not hear our answer. */
export async function insertEvent({ db }: InstallationDb, event: NewEvent): Promise<boolean> {
  const { id, type, objectId, payload, createdAt, now } = event;
  const { rowCount } = await db.operator.query(
    `INSERT INTO webhook_event (id, type, object_id, payload, due_at, created_at, received_at)
     VALUES ($1, $2, $3, $4, $6, $5, $6) ON CONFLICT (id) DO NOTHING`,
    [id, type, objectId, payload, createdAt, now],
  );
  return rowCount === 1;
}

// Leased, not locked: the request to the provider comes before its end is recorded. The lease of a dead worker expires.
const CLAIM = `UPDATE webhook_event e SET attempts = attempts + 1, due_at = coalesce($1, clock_timestamp()) + $2 * interval '1 second'
  FROM (SELECT id FROM webhook_event WHERE state = 'received' AND due_at <= coalesce($1, clock_timestamp())
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) AS next
  WHERE e.id = next.id
  RETURNING e.id, e.type, e.object_id AS "objectId", e.payload, e.attempts, e.received_at AS "receivedAt"`;

/** The event that waits longest, leased to this worker; `at` null is the database's clock. */
export async function claimEvent(
  { db }: InstallationDb,
  at: Date | null,
  leaseSeconds: number,
): Promise<InboxEvent | undefined> {
  const { rows } = await db.operator.query<InboxEvent>(CLAIM, [at, leaseSeconds]);
  return rows[0];
}

export async function endEvent(
  { db }: InstallationDb,
  id: string,
  state: "applied" | "ignored",
  now: Date,
): Promise<void> {
  await changeInstallation(db, ({ tables }) =>
    tables.webhookEvent.updateMany({ where: { id }, data: { state, appliedAt: now, error: null } }),
  );
}

/** It is tried again at `dueAt`, or kept as failed when that is null. */
export async function failEvent({ db }: InstallationDb, id: string, error: string, dueAt: Date | null): Promise<void> {
  const data = dueAt ? { error, dueAt } : { error, state: "failed" };
  await changeInstallation(db, ({ tables }) => tables.webhookEvent.updateMany({ where: { id }, data }));
}

/** The latest first. */
export async function readWebhookEvents(
  { db }: InstallationDb,
  state: EventState | null,
  most: number,
): Promise<StoredEvent[]> {
  const rows = await queryInstallation(db, ({ tables }) =>
    tables.webhookEvent.findMany({
      ...(state && { where: { state } }),
      omit: { payload: true, createdAt: true },
      orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
      take: most,
    }),
  );
  return rows as StoredEvent[];
}

/** Puts an event back into the queue; answers its state before, nothing when there is none. */
export async function requeueEvent(client: Client, id: string, now: Date) {
  const { rows } = await client.query<{ type: string; state: EventState }>(
    `UPDATE webhook_event e SET state = 'received', attempts = 0, due_at = $2, error = NULL
     FROM (SELECT id, state FROM webhook_event WHERE id = $1 FOR UPDATE) AS old WHERE e.id = old.id
     RETURNING e.type, old.state`,
    [id, now],
  );
  return rows[0];
}
