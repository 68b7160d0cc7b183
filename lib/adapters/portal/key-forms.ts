/** Forms about keys ↔ the verbs of keys: days become instants, decimals become minor units. */
import { createKey, getKey, setKeyLimits, updateKey } from "@/lib/accounts";
import type { CreateKeyForm, KeyLimitsForm, UpdateKeyForm } from "@/lib/accounts/schema";
import { dayStart } from "@/lib/kernel/local-time";
import { allows } from "@/lib/kernel/permissions";
import { limitsOf } from "./limits-form";
import type { PortalRequest } from "./session";

const DAY_MS = 86_400_000;

/** The end of a day of the organization's calendar. */
function endOf(date: string, timeZone: string): Date {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return dayStart(next, timeZone);
}

/** A member who may not create keys for others creates their own. */
export function createKeyOf({ ctx, session, catalogue }: PortalRequest, form: CreateKeyForm) {
  const { name, ownerId, expiresOn, endpoints, models, ...limits } = form;
  return createKey(ctx, {
    name,
    ownerId: allows(session.role, "key.manage") ? (ownerId ?? null) : session.userId,
    expiresAt: expiresOn ? endOf(expiresOn, session.organization.timeZone) : null,
    endpoints,
    models,
    limits: limitsOf(limits, catalogue.unit.scale),
  });
}

/** A day that is the one before stays the instant that it was. */
export async function updateKeyOf({ ctx, session }: PortalRequest, form: UpdateKeyForm): Promise<void> {
  const { id, name, ownerId, expiresOn, endpoints, models } = form;
  const before = await getKey(ctx, { id });
  const manages = allows(session.role, "key.manage");
  const limits = allows(session.role, "key.limit");
  const asked = expiresOn ? endOf(expiresOn, session.organization.timeZone) : null;
  const kept = before.expiresAt ? new Date(before.expiresAt) : null;
  const sameDay = asked && kept && asked >= kept && asked.getTime() - kept.getTime() < DAY_MS;
  await updateKey(ctx, {
    id,
    name,
    ownerId: manages ? (ownerId ?? null) : (before.owner?.id ?? null),
    expiresAt: sameDay ? kept : asked,
    endpoints: limits ? endpoints : before.endpoints,
    models: limits ? models : before.models,
  });
}

export function setKeyLimitsOf({ ctx, catalogue }: PortalRequest, { id, ...limits }: KeyLimitsForm): Promise<void> {
  return setKeyLimits(ctx, { id, limits: limitsOf(limits, catalogue.unit.scale) });
}
