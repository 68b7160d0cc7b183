"use server";
import { z } from "zod";
import { portalAction } from "@/lib/adapters/portal/action";
import { setAutoTopUp, switchOffAutoTopUp } from "@/lib/topup";
import { setAutoTopUpSchema } from "@/lib/topup/schema";

export async function setAutoTopUpAction(organization: unknown, input: unknown) {
  return portalAction(organization, setAutoTopUpSchema, input, ({ ctx }, values) => setAutoTopUp(ctx, values));
}

export async function switchOffAutoTopUpAction(organization: unknown, input: unknown) {
  return portalAction(organization, z.strictObject({}), input, ({ ctx }) => switchOffAutoTopUp(ctx));
}
