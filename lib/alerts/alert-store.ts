/** Alerts: the rows that the job looks at, and calls of the functions that write them. */
import type { LevelName } from "@/lib/catalogue/schema";
import type { MemberRole } from "@/lib/kernel/permissions";
import type { InstallationDb, OrganizationTime } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";
import type { AlertState } from "./plan-alert";

/** Until when the job has looked; null before its first look. */
export async function readLooked({ db }: InstallationDb): Promise<Date | null> {
  const { rows } = await db.operator.query<{ until: Date }>("SELECT until FROM job_state WHERE name = 'alerts'");
  return rows[0]?.until ?? null;
}

export async function writeLooked({ db }: InstallationDb, until: Date): Promise<void> {
  await db.operator.query("SELECT ledger.alerts_looked($1)", [until]);
}

type Window = { since: Date; now: Date; after: string; most: number };

/** Organizations that have posted since, or that are due, in order of their ids. */
export async function readCandidates({ db }: InstallationDb, { since, now, after, most }: Window): Promise<string[]> {
  const { rows } = await db.operator.query<{ id: string }>("SELECT ledger.alert_candidates($1, $2, $3, $4) AS id", [
    since,
    now,
    after,
    most,
  ]);
  return rows.map(({ id }) => id);
}

const COLUMNS = `a.level_mails AS "levelMails", a.threshold, a.told, a.below, a.waiting_since AS "waitingSince",
  a.due_at AS "dueAt"`;

type StateRow = {
  levelMails: boolean;
  threshold: bigint | null;
  told: string;
  below: boolean;
  waitingSince: Date | null;
  dueAt: Date | null;
};
const stateOf = (row: StateRow): AlertState => ({ ...row, told: row.told as LevelName });

/** Undefined without a row. */
export async function readAlert(client: Client, organizationId: string): Promise<AlertState | undefined> {
  const sql = `SELECT ${COLUMNS} FROM alert a WHERE a.organization_id = $1`;
  const { rows } = await client.query<StateRow>(sql, [organizationId]);
  return rows[0] && stateOf(rows[0]);
}

/** Locks the row until the transaction ends. Errors: not_found. */
export async function lockAlert(client: Client, organizationId: string): Promise<AlertState> {
  const sql = `SELECT ${COLUMNS} FROM ledger.lock_alert($1) AS a`;
  const { rows } = await mapRaised(client.query<StateRow>(sql, [organizationId]));
  return stateOf(rows[0] as StateRow);
}

export async function writeAlert(
  client: Client,
  { organizationId, now }: OrganizationTime,
  { told, below, waitingSince, dueAt }: AlertState,
): Promise<void> {
  const values = [organizationId, now, told, below, waitingSince, dueAt];
  await client.query("SELECT ledger.write_alert($1, $2, $3, $4, $5, $6)", values);
}

export type AlertFacts = { organization: string; spent: boolean };

/** Undefined if the organization is deleted. */
export async function readAlertFacts(client: Client, organizationId: string): Promise<AlertFacts | undefined> {
  const sql = `SELECT o.name AS organization,
      EXISTS (SELECT 1 FROM usage_rollup r WHERE r.organization_id = $1 AND r.cost > 0) AS spent
    FROM organization o WHERE o.id = $1 AND o.deleted_at IS NULL`;
  const { rows } = await client.query<AlertFacts>(sql, [organizationId]);
  return rows[0];
}

export type Recipient = { email: string; role: MemberRole };
type RecipientRow = { email: string; role: string };

/** Owners and admins, but for those who chose to get no mails. */
export async function readRecipients(client: Client, organizationId: string): Promise<Recipient[]> {
  const sql = `SELECT u.email, m.role FROM member m JOIN "user" u ON u.id = m.user_id
    WHERE m.organization_id = $1 AND m.role IN ('owner', 'admin') AND m.alert_mails ORDER BY u.email`;
  const { rows } = await client.query<RecipientRow>(sql, [organizationId]);
  return rows.map(({ email, role }) => ({ email, role: role as MemberRole }));
}

/** The member's choice; null for those who get no mails. */
export async function readOwnChoice(client: Client, organizationId: string, userId: string): Promise<boolean | null> {
  const sql = `SELECT m.alert_mails AS mails FROM member m
    WHERE m.organization_id = $1 AND m.user_id = $2 AND m.role IN ('owner', 'admin')`;
  const { rows } = await client.query<{ mails: boolean }>(sql, [organizationId, userId]);
  return rows[0]?.mails ?? null;
}

export type Rule = { levels: boolean; threshold: bigint | null };
/** The rule with its amount as text. */
export type RuleBefore = { levels: boolean; threshold: string | null };

/** Returns the rule before; null without one. Errors: not_found. */
export async function writeRule(
  client: Client,
  { organizationId, now }: OrganizationTime,
  { levels, threshold }: Rule,
  setBy: string | null,
): Promise<RuleBefore | null> {
  const { rows } = await mapRaised(
    client.query<{ before: RuleBefore | null }>("SELECT ledger.set_alert_rule($1, $2, $3, $4, $5) AS before", [
      ...[organizationId, now, levels, threshold, setBy],
    ]),
  );
  return rows[0]?.before ?? null;
}

/** Returns the choice before; null if there is no such member. */
export async function writeOwnChoice(
  client: Client,
  { organizationId }: OrganizationTime,
  userId: string,
  on: boolean,
): Promise<boolean | null> {
  const sql = "SELECT ledger.set_alert_mails($1, $2, $3) AS before";
  const { rows } = await client.query<{ before: boolean | null }>(sql, [organizationId, userId, on]);
  return rows[0]?.before ?? null;
}
