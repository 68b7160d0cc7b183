/** Who pays for a call: from the key or the organization that the gateway names. */
import { LRUCache } from "lru-cache";
import { createOrganization, findKey, type KeyIdentity, resolveOrganization } from "@/lib/accounts";
import { currentCatalogue } from "@/lib/catalogue";
import { priceKey } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { parseOrganizationId, parsePublicId, tokenHash } from "@/lib/kernel/ids";
import { welcome } from "@/lib/ledger";
import type { Database } from "@/lib/platform/db";
import type { GateContext } from "./context";

export type Payer = { organizationId: string; keyId: string | null };
type Named = { key?: string | undefined; organization?: string | undefined; endpoint: string; model: string };

const CACHED = 100_000;
// A key's organization never changes; whether the key still works is read with every call, inside the batch.
const keys = new WeakMap<Database, LRUCache<string, KeyIdentity>>();
const welcomed = new WeakMap<Database, Set<string>>();

function cached<V extends object>(map: WeakMap<Database, V>, db: Database, make: () => V): V {
  const known = map.get(db) ?? make();
  map.set(db, known);
  return known;
}

async function payerOfKey({ db }: GateContext, text: string): Promise<Payer> {
  const id = parsePublicId(text, "key");
  if (id) return { organizationId: id.organizationId, keyId: id.id };
  const cache = cached(keys, db, () => new LRUCache<string, KeyIdentity>({ max: CACHED }));
  const hash = tokenHash(text).toString("base64");
  const known = cache.get(hash) ?? (await findKey(db, text));
  if (!known) throw new TollgateError("unauthenticated", "The credential is missing or wrong.");
  cache.set(hash, known);
  return { organizationId: known.organizationId, keyId: known.keyId };
}

/** A free call or a price that does not exist never opens an account. */
function isBillable({ endpoint, model }: Named): boolean {
  return currentCatalogue().catalogue.priceIndex.get(priceKey(endpoint, model))?.billable ?? false;
}

async function welcomeOnce(ctx: GateContext, organizationId: string): Promise<void> {
  const done = cached(welcomed, ctx.db, () => new Set<string>());
  if (done.has(organizationId)) return;
  await welcome({ ...ctx, organizationId, now: ctx.simulatedAt ?? ctx.now });
  done.add(organizationId);
}

/**
 * Where the catalogue provisions at the first call, a billable call opens an unknown customer's organization and gives
 * the allowance, once, and both stay when that very call is refused.
 * Errors: unauthenticated (the key), not_found (the organization).
 */
export async function resolvePayer(ctx: GateContext, call: Named, mayProvision: boolean): Promise<Payer> {
  const provisions = mayProvision && currentCatalogue().catalogue.signup.when === "first_call" && isBillable(call);
  const payer =
    call.key === undefined ? await payerOfOrganization(ctx, call, provisions) : await payerOfKey(ctx, call.key);
  if (provisions) await welcomeOnce(ctx, payer.organizationId);
  return payer;
}

async function payerOfOrganization(ctx: GateContext, call: Named, provisions: boolean): Promise<Payer> {
  const name = call.organization ?? "";
  const found = await resolveOrganization(ctx, name);
  if (found) return { organizationId: found, keyId: null };
  if (!provisions || parseOrganizationId(name)) throw new TollgateError("not_found", "There is no such organization.");
  const { organizationId } = await createOrganization(ctx, { name, externalId: name });
  return { organizationId, keyId: null };
}
