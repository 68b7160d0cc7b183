"use server";
import { revokeKey, rotateKey } from "@/lib/accounts";
import { createKeyForm, keyLimitsForm, rotateKeyForm, targetForm, updateKeyForm } from "@/lib/accounts/schema";
import { portalAction } from "@/lib/adapters/portal/action";
import { createKeyOf, setKeyLimitsOf, updateKeyOf } from "@/lib/adapters/portal/key-forms";

export async function createKeyAction(organization: unknown, input: unknown) {
  return portalAction(organization, createKeyForm, input, createKeyOf);
}

export async function updateKeyAction(organization: unknown, input: unknown) {
  return portalAction(organization, updateKeyForm, input, updateKeyOf);
}

export async function setKeyLimitsAction(organization: unknown, input: unknown) {
  return portalAction(organization, keyLimitsForm, input, setKeyLimitsOf);
}

export async function rotateKeyAction(organization: unknown, input: unknown) {
  return portalAction(organization, rotateKeyForm, input, async ({ ctx }, values) => {
    const { id, key, previousUntil } = await rotateKey(ctx, values);
    return { id, key, previousUntil: previousUntil.toISOString() };
  });
}

export async function revokeKeyAction(organization: unknown, input: unknown) {
  return portalAction(organization, targetForm, input, async ({ ctx }, values) => {
    await revokeKey(ctx, values);
  });
}
