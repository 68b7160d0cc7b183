"use server";
import { headers } from "next/headers";
import { portalAction } from "@/lib/adapters/portal/action";
import { publicAddress } from "@/lib/adapters/portal/address";
import { paygOf } from "@/lib/adapters/portal/payg-form";
import { setPayg } from "@/lib/ledger";
import { cancelPlan, changePlan, choosePlan, previewChange, resumePlan } from "@/lib/plans";
import { changePlanSchema, choosePlanSchema, noInput, paygForm, previewChangeSchema } from "@/lib/plans/schema";

export async function choosePlanAction(organization: unknown, input: unknown) {
  const origin = publicAddress(await headers());
  return portalAction(organization, choosePlanSchema, input, ({ ctx }, values) => choosePlan(ctx, values, origin));
}

export async function previewChangeAction(organization: unknown, input: unknown) {
  return portalAction(organization, previewChangeSchema, input, ({ ctx }, values) => previewChange(ctx, values));
}

export async function changePlanAction(organization: unknown, input: unknown) {
  return portalAction(organization, changePlanSchema, input, ({ ctx }, values) => changePlan(ctx, values));
}

export async function cancelPlanAction(organization: unknown, input: unknown) {
  return portalAction(organization, noInput, input, ({ ctx }) => cancelPlan(ctx));
}

export async function resumePlanAction(organization: unknown, input: unknown) {
  return portalAction(organization, noInput, input, ({ ctx }) => resumePlan(ctx));
}

export async function setPaygAction(organization: unknown, input: unknown) {
  return portalAction(organization, paygForm, input, ({ ctx, catalogue }, values) =>
    setPayg(ctx, paygOf(values, catalogue.unit.scale)),
  );
}
