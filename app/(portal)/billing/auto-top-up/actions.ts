"use server";
import { z } from "zod";
import { portalAction } from "@/lib/adapters/portal/action";
import { setAutoTopUp, switchOffAutoTopUp } from "@/lib/topup";
import { setAutoTopUpSchema } from "@/lib/topup/schema";

export async function setAutoTopUpAction(input: unknown) {
  return portalAction(setAutoTopUpSchema, input, ({ ctx }, values) => setAutoTopUp(ctx, values));
}

export async function switchOffAutoTopUpAction(input: unknown) {
  return portalAction(z.strictObject({}), input, ({ ctx }) => switchOffAutoTopUp(ctx));
}
