/** Saved cards: what is kept of the provider's, and what charges them. */
import type { Context, InstallationDb, OrganizationDb, OrganizationTime } from "@/lib/platform/context";
import { type Client, changeOrganization, queryInstallation, queryOrganization } from "@/lib/platform/db";
import type { CardAnswer } from "../schema";

export type Card = Omit<CardAnswer, "usedBy" | "isDefault">;

const CARDS = `SELECT m.id, m.brand, m.last4, m.exp_month AS "expMonth", m.exp_year AS "expYear",
    m.is_default AS "isDefault",
    array_remove(ARRAY[
      CASE WHEN EXISTS (SELECT 1 FROM ledger.top_up_state(m.organization_id) t WHERE t.enabled AND t.card = m.id)
        THEN 'auto_top_up' END,
      CASE WHEN m.is_default AND EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = m.organization_id
        AND s.status = 'active' AND s.provider_id IS NOT NULL) THEN 'subscription' END], NULL) AS "usedBy"
  FROM payment_method m WHERE m.organization_id = $1 AND m.removed_at IS NULL
  ORDER BY m.is_default DESC, m.created_at DESC, m.id`;

/** The default one first. */
export async function readCards({ db, organizationId }: OrganizationDb): Promise<CardAnswer[]> {
  const { rows } = await queryOrganization(db, organizationId, (client) =>
    client.query<CardAnswer>(CARDS, [organizationId]),
  );
  return rows;
}

const INSERT = `INSERT INTO payment_method (organization_id, id, brand, last4, exp_month, exp_year)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (organization_id, id) DO UPDATE SET removed_at = NULL, exp_month = $5, exp_year = $6
    WHERE payment_method.removed_at IS NOT NULL RETURNING id`;

/** Whether it was not saved before. */
export async function insertCard(client: Client, organizationId: string, card: Card): Promise<boolean> {
  const { id, brand, last4, expMonth, expYear } = card;
  const { rowCount } = await client.query(INSERT, [organizationId, id, brand, last4, expMonth, expYear]);
  return rowCount === 1;
}

type AtProvider = {
  cards: readonly Card[];
  byDefault: string | null;
  /** The database's time before they were read: a card that was kept later is not missing among them. */
  readAt: Date;
};

// Another card may be chargeable now.
const CARDS_CHANGED = "SELECT ledger.prepaid_changed($1, $2, 'cards_changed')";

/** Makes the rows equal to the provider's: what is not among them was removed. */
export async function keepCards(
  { db, organizationId, now }: Context,
  { cards, byDefault, readAt }: AtProvider,
): Promise<void> {
  await changeOrganization(db, organizationId, async (client) => {
    await client.query(
      `UPDATE payment_method SET is_default = is_default AND $2::text IS NULL AND created_at > $5,
          removed_at = CASE WHEN id = ANY ($3) THEN NULL WHEN created_at > $5 THEN removed_at
            ELSE coalesce(removed_at, $4) END
        WHERE organization_id = $1 AND id IS DISTINCT FROM $2`,
      [organizationId, byDefault, cards.map(({ id }) => id), now, readAt],
    );
    for (const { id, expMonth, expYear } of cards) {
      await client.query(
        `UPDATE payment_method SET exp_month = $3, exp_year = $4, removed_at = NULL, is_default = $5
          WHERE organization_id = $1 AND id = $2`,
        [organizationId, id, expMonth, expYear, id === byDefault],
      );
    }
    await client.query(CARDS_CHANGED, [organizationId, now]);
  });
}

export async function removeCardRow({ tables }: Client, organizationId: string, id: string, now: Date): Promise<void> {
  await tables.paymentMethod.updateMany({
    where: { organizationId, id },
    data: { removedAt: now, isDefault: false },
  });
}

export async function setDefaultRow(
  { tables, query }: Client,
  { organizationId, now }: OrganizationTime,
  id: string,
): Promise<void> {
  await tables.paymentMethod.updateMany({ where: { organizationId, id: { not: id } }, data: { isDefault: false } });
  await tables.paymentMethod.updateMany({ where: { organizationId, id }, data: { isDefault: true } });
  await query(CARDS_CHANGED, [organizationId, now]);
}

/** Whose saved card it is, also one that was removed. For jobs. */
export async function findOrganizationOfCard({ db }: InstallationDb, id: string): Promise<string | undefined> {
  const card = await queryInstallation(db, ({ tables }) =>
    tables.paymentMethod.findFirst({ where: { id }, select: { organizationId: true } }),
  );
  return card?.organizationId;
}
