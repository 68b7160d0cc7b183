"use server";
import { headers } from "next/headers";
import { z } from "zod";
import { portalAction } from "@/lib/adapters/portal/action";
import { publicAddress } from "@/lib/adapters/portal/address";
import { paths } from "@/lib/kernel/paths";
import { addCard, removeCard, setDefaultCard } from "@/lib/payments";
import { cardTargetSchema, removeCardSchema } from "@/lib/payments/schema";
import { startTopUp } from "@/lib/topup";
import { startTopUpSchema } from "@/lib/topup/schema";

export async function startTopUpAction(input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(startTopUpSchema, input, ({ ctx }, values) => startTopUp(ctx, values, origin));
}

export async function addCardAction(input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(z.strictObject({}), input, ({ ctx, catalogue }) =>
    addCard(ctx, {
      currency: catalogue.payment.currency,
      success: `${origin}${paths.paymentReturn}?cards=1`,
      cancel: `${origin}${paths.paymentMethods}`,
    }),
  );
}

export async function setDefaultCardAction(input: unknown) {
  return portalAction(cardTargetSchema, input, ({ ctx }, values) => setDefaultCard(ctx, values));
}

export async function removeCardAction(input: unknown) {
  return portalAction(removeCardSchema, input, ({ ctx }, values) => removeCard(ctx, values));
}
