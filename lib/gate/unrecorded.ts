/**
 * Free calls of a customer who has no organization yet, where the first billable call opens one: they succeed, and
 * nothing is recorded of them. Their ids carry the nil organization, and a repeat is a call of its own. Why:
 * docs/adr/0044-a-strangers-free-call-leaves-no-trace.md.
 */
import { currentCatalogue } from "@/lib/catalogue";
import { NIL_ID, parsePublicId, publicId } from "@/lib/kernel/ids";
import { type GateContext, requireWorkingSecret } from "./context";
import type { ChargeAnswer, ExtendAnswer, HoldAnswer, ReleaseAnswer, SettleAnswer } from "./schema";

const NOTHING = "0";
const funding = { plan: NOTHING, prepaid: NOTHING };

/** Whether an id is of such a hold; never where no first call opens organizations. */
export function isUnrecorded(hold: string): boolean {
  if (currentCatalogue().catalogue.signup.when !== "first_call") return false;
  const object = parsePublicId(hold, "hold");
  return object?.organizationId === NIL_ID && object.id !== NIL_ID;
}

const expiry = ({ now, simulatedAt }: GateContext, seconds: number) =>
  new Date((simulatedAt ?? now).getTime() + seconds * 1000).toISOString();

/** Errors: unauthenticated. */
export async function unrecordedCharge(ctx: GateContext, id: string): Promise<ChargeAnswer> {
  await requireWorkingSecret(ctx);
  return { id: publicId("chg", NIL_ID, id), cost: NOTHING, funding, transaction: null, available: NOTHING };
}

/** Errors: unauthenticated. */
export async function unrecordedHold(ctx: GateContext, id: string, seconds: number): Promise<HoldAnswer> {
  await requireWorkingSecret(ctx);
  const expiresAt = expiry(ctx, seconds);
  return { id: publicId("hold", NIL_ID, id), state: "open", ceiling: NOTHING, funding, available: NOTHING, expiresAt };
}

/** Errors: unauthenticated. */
export async function unrecordedSettle(ctx: GateContext, id: string): Promise<SettleAnswer> {
  await requireWorkingSecret(ctx);
  const nothing = { cost: NOTHING, released: NOTHING, waived: NOTHING, available: NOTHING };
  return { id, state: "settled", ...nothing, funding, transaction: null };
}

/** Errors: unauthenticated. */
export async function unrecordedRelease(ctx: GateContext, id: string): Promise<ReleaseAnswer> {
  await requireWorkingSecret(ctx);
  return { id, state: "released", released: NOTHING, available: NOTHING };
}

/** Errors: unauthenticated. */
export async function unrecordedExtend(ctx: GateContext, id: string, seconds: number): Promise<ExtendAnswer> {
  await requireWorkingSecret(ctx);
  return { id, state: "open", expiresAt: expiry(ctx, seconds) };
}
