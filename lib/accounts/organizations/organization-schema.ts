/** Organizations, opened by people or by the operator. */
import { z } from "zod";
import { nameField } from "@/lib/kernel/name";
import { timeZoneField } from "@/lib/kernel/time-zone";
import { externalIdField } from "./external-id";

export const organizationFactsSchema = z.strictObject({ name: nameField, timeZone: timeZoneField.default("UTC") });
export type OrganizationFacts = z.input<typeof organizationFactsSchema>;
export const updateOrganizationSchema = z.strictObject({ name: nameField, timeZone: timeZoneField });
export type UpdateOrganization = z.input<typeof updateOrganizationSchema>;
/** The most organizations that one person may own. */
export const MOST_OWNED = 20;

export const claimOrganizationSchema = z.strictObject({ key: z.string().trim().min(1).max(100) });
export type ClaimOrganization = z.input<typeof claimOrganizationSchema>;

/** `forfeit` agrees that credit that is left is written off. */
export const deleteOrganizationSchema = z.strictObject({ forfeit: z.boolean().default(false) });
export type DeleteOrganization = z.input<typeof deleteOrganizationSchema>;

export const createOrganizationSchema = z.strictObject({
  name: nameField,
  externalId: externalIdField.optional(),
  timeZone: timeZoneField.default("UTC"),
});
export type CreateOrganization = z.input<typeof createOrganizationSchema>;

/** The confirmation of a deletion: the organization's name, and whether its credit may be forfeited. */
export const deleteOrganizationForm = z.strictObject({
  name: z.string().max(200),
  forfeit: z.literal("on").optional(),
});
export type DeleteOrganizationForm = z.output<typeof deleteOrganizationForm>;
export type OrganizationRow = {
  id: string;
  organizationId: string;
  name: string;
  externalId: string | null;
  timeZone: string;
  createdAt: Date;
};
