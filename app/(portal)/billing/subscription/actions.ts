"use server";
import { headers } from "next/headers";
import { portalAction } from "@/lib/adapters/portal/action";
import { publicAddress } from "@/lib/adapters/portal/address";
import { paygOf } from "@/lib/adapters/portal/payg-form";
import { setPayg } from "@/lib/ledger";
import { cancelPlan, changePlan, choosePlan, previewChange, resumePlan } from "@/lib/plans";
import { changePlanSchema, choosePlanSchema, noInput, paygForm, previewChangeSchema } from "@/lib/plans/schema";

export async function choosePlanAction(input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(choosePlanSchema, input, ({ ctx }, values) => choosePlan(ctx, values, origin));
}

export async function previewChangeAction(input: unknown) {
  return portalAction(previewChangeSchema, input, ({ ctx }, values) => previewChange(ctx, values));
}

export async function changePlanAction(input: unknown) {
  return portalAction(changePlanSchema, input, ({ ctx }, values) => changePlan(ctx, values));
}

export async function cancelPlanAction(input: unknown) {
  return portalAction(noInput, input, ({ ctx }) => cancelPlan(ctx));
}

export async function resumePlanAction(input: unknown) {
  return portalAction(noInput, input, ({ ctx }) => resumePlan(ctx));
}

export async function setPaygAction(input: unknown) {
  return portalAction(paygForm, input, ({ ctx, catalogue }, values) =>
    setPayg(ctx, paygOf(values, catalogue.unit.scale)),
  );
}
