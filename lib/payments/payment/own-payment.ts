import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";

/** A payment of the organization by its `pay_…` id. Errors: not_found, also for another organization's. */
export function ownPayment({ organizationId }: Pick<Context, "organizationId">, id: string): string {
  const found = requirePublicId(id, "pay");
  if (found.organizationId !== organizationId) throw noSuchPayment();
  return found.id;
}

export function noSuchPayment(): TollgateError {
  return new TollgateError("not_found", "There is no payment with this id.");
}
