/** Versions of the catalogue in the database. A version's text never changes; the newest that is due is live. */
import { LRUCache } from "lru-cache";
import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import type { Database } from "@/lib/platform/db";
import { perObject } from "@/lib/platform/holders";
import type { Catalogue } from "./compiled";
import { MOST_METERS } from "./file";
import { catalogueHash, parseCatalogue } from "./load";
import { planCatalogue } from "./plan";

export type CatalogueVersion = { version: number; catalogue: Catalogue; text: string; effectiveAt: Date };
type Row = Pick<CatalogueVersion, "version" | "text" | "effectiveAt">;

const KEPT_VERSIONS = 16;
/** A version never changes. Calls that need one that is not kept share its reading, which takes long. */
const versionsOf = perObject(
  (db: Database) =>
    new LRUCache<number, CatalogueVersion>({
      max: KEPT_VERSIONS,
      ignoreFetchAbort: true,
      fetchMethod: (version) => readVersion(db, version),
    }),
);

async function meterSlots(db: Database): Promise<Map<string, number>> {
  const meters = await db.tables.meter.findMany({ orderBy: { slot: "asc" } });
  return new Map(meters.map(({ name, slot }) => [name, slot]));
}

/** A meter keeps the place that it was given first, whatever later files list before it. */
async function compiled(db: Database, row: Row): Promise<CatalogueVersion> {
  const slots = await meterSlots(db);
  const parsed = parseCatalogue(row.text, `version ${row.version}`, { stored: true });
  const catalogue: Catalogue = Object.freeze({
    ...parsed,
    meterSlots: slots,
    meters: parsed.meters.map((meter) => ({ ...meter, slot: slots.get(meter.name) ?? meter.slot })),
  });
  return { version: row.version, catalogue, text: row.text, effectiveAt: row.effectiveAt };
}

/** The version that prices calls now; undefined when none was applied yet. Its text is read once: it may be a megabyte. */
export async function readLiveCatalogue(db: Database): Promise<CatalogueVersion | undefined> {
  const { rows } = await db.read.query<{ version: number }>(
    `SELECT version FROM catalogue_version WHERE effective_at <= clock_timestamp()
     ORDER BY effective_at DESC, version DESC LIMIT 1`,
  );
  return rows[0] && versionsOf(db).fetch(rows[0].version);
}

async function readVersion(db: Database, version: number): Promise<CatalogueVersion | undefined> {
  const found = await db.tables.catalogueVersion.findFirst({ where: { version } });
  return found ? compiled(db, found) : undefined;
}

/** Errors: not_found when no catalogue was applied yet. */
export async function liveCatalogue(db: Database): Promise<CatalogueVersion> {
  const live = await readLiveCatalogue(db);
  if (!live) throw new TollgateError("not_found", "No catalogue is live. Run: npm run catalogue -- apply NAME");
  return live;
}

/** The catalogue that priced an event or a hold. Errors: not_found. */
export async function catalogueOfVersion(db: Database, version: number): Promise<Catalogue> {
  const found = await versionsOf(db).fetch(version);
  if (!found) throw new TollgateError("not_found", `There is no version ${version} of the catalogue.`);
  return found.catalogue;
}

type Made = { version: number; effectiveAt: Date };
export type ApplyCatalogue = { text: string; fileName?: string; effectiveAt?: Date | undefined };

/**
 * Makes a catalogue the next version, from now or from `effectiveAt` on. The text that is live already stays as it is.
 * Errors: forbidden; validation_failed (the file, a changed unit, more than 64 meters in all).
 */
export async function applyCatalogue(
  ctx: InstallationContext,
  { text, fileName = "catalogue", effectiveAt }: ApplyCatalogue,
): Promise<{ version: number; changed: boolean; effectiveAt: Date }> {
  if (ctx.actor.type !== "operator") throw new TollgateError("forbidden", "Only the operator can apply a catalogue.");
  const next = parseCatalogue(text, fileName);
  const live = await readLiveCatalogue(ctx.db);
  if (live) {
    if (catalogueHash(live.text) === catalogueHash(text) && !effectiveAt)
      return { version: live.version, changed: false, effectiveAt: live.effectiveAt };
    planCatalogue(live.catalogue, next);
  }
  return audited(aboveOrganizations(ctx), async (client) => {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('tollgate.catalogue'))");
    await client.query(
      `INSERT INTO meter (slot, name) SELECT (SELECT coalesce(max(slot) + 1, 0) FROM meter) + row_number() OVER (ORDER BY n) - 1, name
       FROM unnest($1::text[]) WITH ORDINALITY AS u (name, n) WHERE name NOT IN (SELECT name FROM meter)`,
      [next.meters.map((meter) => meter.name)],
    );
    const { rows: counted } = await client.query<{ count: number }>("SELECT count(*)::integer AS count FROM meter");
    if ((counted[0]?.count ?? 0) > MOST_METERS) {
      throw new TollgateError("validation_failed", `All catalogues together may have at most ${MOST_METERS} meters.`);
    }
    const { rows } = await client.query<Made>(
      `INSERT INTO catalogue_version (version, name, text, hash, effective_at, created_at)
       SELECT coalesce(max(version), 0) + 1, $1, $2, $3, coalesce($4::timestamptz, clock_timestamp()), clock_timestamp() FROM catalogue_version
       RETURNING version, effective_at AS "effectiveAt"`,
      [next.name, text, catalogueHash(text), effectiveAt ?? null],
    );
    const { version, effectiveAt: from } = rows[0] as Made;
    const object = { type: "catalogue", id: String(version), name: next.name } as const;
    const after = { version, effectiveAt: from.toISOString() };
    const before = live ? { version: live.version } : null;
    const audit = { action: "catalogue.applied", object, before, after } as const;
    return { answer: { version, changed: true, effectiveAt: from }, audit };
  });
}
