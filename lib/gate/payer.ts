/** Who pays for a call: from the key or the organization that the gateway names. */
import { LRUCache } from "lru-cache";
import { createOrganization, type FoundKey, findKey, resolveOrganization } from "@/lib/accounts";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { NIL_ID, parsePublicId, tokenName } from "@/lib/kernel/ids";
import { plainName } from "@/lib/kernel/name";
import { welcome } from "@/lib/ledger";
import type { Database } from "@/lib/platform/db";
import { perObject } from "@/lib/platform/holders";
import { type GateContext, requireWorkingSecret } from "./context";

/** `generation` is which of a key's secrets was shown: a rotation ends the ones before. 0 where none was shown. */
export type Payer = { organizationId: string; keyId: string | null; generation: number };
/** Who pays for a free call of a customer without an organization: see unrecorded.ts. */
export const UNRECORDED: Payer = Object.freeze({ organizationId: NIL_ID, keyId: null, generation: 0 });
type CallerName = { key?: string | undefined; organization?: string | undefined };

const CACHED = 100_000;
// Who was welcomed is only looked up again when it was forgotten: a second welcome gives nothing.
const welcomed = perObject((_db: Database) => new LRUCache<string, true>({ max: CACHED }));
// Nothing is kept here: calls with the same credentials that come while their customer is welcomed wait for that.
const welcoming = perObject(
  (_db: Database) =>
    new LRUCache<string, true, () => Promise<undefined>>({
      max: CACHED,
      ignoreFetchAbort: true,
      fetchMethod: (_key, _stale, { context }) => context(),
    }),
);
// A secret's key and generation never change; whether it still works is read with every call, inside the batch. Calls
// that come while their key is looked up share the look-up, so that they continue in the order in which they came.
const keys = perObject(
  (db: Database) =>
    new LRUCache<string, FoundKey, string>({
      max: CACHED,
      ignoreFetchAbort: true,
      fetchMethod: (_name, _stale, { context }) => findKey(db, context),
    }),
);

async function payerOfKey({ db }: GateContext, text: string): Promise<Payer> {
  const id = parsePublicId(text, "key");
  if (id) return { organizationId: id.organizationId, keyId: id.id, generation: 0 };
  const cache = keys(db);
  const name = tokenName(text);
  const known = cache.get(name) ?? (await cache.fetch(name, { context: text }));
  if (!known) throw new TollgateError("unauthenticated", "The credential is missing or wrong.");
  return { organizationId: known.organizationId, keyId: known.keyId, generation: known.generation };
}

/** Whether a billable call may still be the first one, which the catalogue welcomes. A welcome twice gives nothing. */
export function awaitsWelcome({ db }: GateContext, organizationId: string): boolean {
  return currentCatalogue().catalogue.signup.when === "first_call" && !welcomed(db).has(organizationId);
}

async function welcomeOnce(ctx: GateContext, payer: Payer, key: string | undefined): Promise<void> {
  const { organizationId, keyId, generation } = payer;
  const done = welcomed(ctx.db);
  if (done.has(organizationId)) return;
  const flights = welcoming(ctx.db);
  const work = async (): Promise<undefined> => {
    await requireWorkingSecret(ctx);
    if (key?.startsWith("sk_") && !(await findKey(ctx.db, key))?.active) return;
    await welcome({ ...ctx, organizationId, now: ctx.simulatedAt ?? ctx.now });
    done.set(organizationId, true);
  };
  const { actor } = ctx;
  const secret = actor.type === "gateway" ? actor.secretId : actor.type;
  await flights.fetch(`${organizationId} ${secret} ${keyId} ${generation}`, { context: work });
}

/** How the call was priced; what cannot be priced and what is free never opens an organization. */
type Attempt = { priced?: { billable: boolean } | undefined; error?: unknown };

/**
 * Where the catalogue provisions at the first call, a billable call opens an unknown customer's organization and gives
 * the allowance, once, and both stay when that very call is refused. A free call of an unknown customer is not
 * recorded. Without an attempt nothing is opened.
 * Errors: unauthenticated (the key), not_found (the organization), the attempt's own for a stranger who could be
 * opened.
 */
export async function resolvePayer(ctx: GateContext, call: CallerName, attempt?: Attempt): Promise<Payer> {
  const opening = currentCatalogue().catalogue.signup.when === "first_call" ? attempt : undefined;
  const payer =
    call.key === undefined ? await payerOfOrganization(ctx, call, opening) : await payerOfKey(ctx, call.key);
  if (opening?.priced?.billable) await welcomeOnce(ctx, payer, call.key);
  return payer;
}

/** An organization whose identifier has nothing that a name may hold. */
const NAMELESS = "Customer";
/** A mistyped id of ours is no customer's name. */
const OWN_ID = /^org_[\w-]{22}$/;

async function payerOfOrganization(ctx: GateContext, call: CallerName, opening: Attempt | undefined): Promise<Payer> {
  const name = call.organization ?? "";
  const found = await resolveOrganization(ctx, name);
  if (found) return { organizationId: found, keyId: null, generation: 0 };
  if (opening && !OWN_ID.test(name)) {
    if (!opening.priced) throw opening.error;
    if (!opening.priced.billable) return UNRECORDED;
    await requireWorkingSecret(ctx);
    const { organizationId } = await createOrganization(ctx, { name: plainName(name) || NAMELESS, externalId: name });
    return { organizationId, keyId: null, generation: 0 };
  }
  throw new TollgateError("not_found", "There is no such organization.");
}
