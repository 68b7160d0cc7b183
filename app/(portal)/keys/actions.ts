"use server";
import { revokeKey, rotateKey } from "@/lib/accounts";
import { createKeyForm, keyLimitsForm, rotateKeyForm, targetForm, updateKeyForm } from "@/lib/accounts/schema";
import { portalAction } from "@/lib/adapters/portal/action";
import { createKeyOf, setKeyLimitsOf, updateKeyOf } from "@/lib/adapters/portal/key-forms";

export async function createKeyAction(input: unknown) {
  return portalAction(createKeyForm, input, createKeyOf);
}

export async function updateKeyAction(input: unknown) {
  return portalAction(updateKeyForm, input, updateKeyOf);
}

export async function setKeyLimitsAction(input: unknown) {
  return portalAction(keyLimitsForm, input, setKeyLimitsOf);
}

export async function rotateKeyAction(input: unknown) {
  return portalAction(rotateKeyForm, input, async ({ ctx }, values) => {
    const { id, key, previousUntil } = await rotateKey(ctx, values);
    return { id, key, previousUntil: previousUntil.toISOString() };
  });
}

export async function revokeKeyAction(input: unknown) {
  return portalAction(targetForm, input, async ({ ctx }, values) => {
    await revokeKey(ctx, values);
  });
}
