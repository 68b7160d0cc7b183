"use server";
import { headers } from "next/headers";
import { z } from "zod";
import { portalAction } from "@/lib/adapters/portal/action";
import { publicAddress } from "@/lib/adapters/portal/address";
import { addCard, removeCard, resumeCharges, setDefaultCard } from "@/lib/payments";
import { cardTargetSchema, removeCardSchema } from "@/lib/payments/schema";
import { startTopUp } from "@/lib/topup";
import { startTopUpSchema } from "@/lib/topup/schema";

export async function startTopUpAction(organization: unknown, input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(organization, startTopUpSchema, input, ({ ctx }, values) => startTopUp(ctx, values, origin));
}

export async function addCardAction(organization: unknown, input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(organization, z.strictObject({}), input, ({ ctx, catalogue, paths }) =>
    addCard(ctx, {
      currency: catalogue.payment.currency,
      success: `${origin}${paths.paymentReturn}?cards=1`,
      cancel: `${origin}${paths.paymentMethods}`,
    }),
  );
}

export async function setDefaultCardAction(organization: unknown, input: unknown) {
  return portalAction(organization, cardTargetSchema, input, ({ ctx }, values) => setDefaultCard(ctx, values));
}

export async function removeCardAction(organization: unknown, input: unknown) {
  return portalAction(organization, removeCardSchema, input, ({ ctx }, values) => removeCard(ctx, values));
}

export async function resumeChargesAction(organization: unknown, input: unknown) {
  return portalAction(organization, z.strictObject({}), input, ({ ctx }) => resumeCharges(ctx));
}
