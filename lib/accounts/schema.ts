/** The client-safe door of accounts: what organizations, people, keys and gateway secrets are made of. */
import { z } from "zod";
import { amountOut, timeOut } from "@/lib/kernel/wire";
import { keyLimitsSchema, nameField, timeZoneField, type Windows, windowsField } from "./field-schema";

export { type KeyLimits, type KeyWindow, keyLimitsSchema, LIMIT_WINDOWS, type LimitWindow } from "./field-schema";
export * from "./people-schema";
export * from "./session-schema";

export const createOrganizationSchema = z.strictObject({
  name: nameField,
  externalId: nameField.optional(),
  timeZone: timeZoneField.default("UTC"),
});
export type CreateOrganization = z.input<typeof createOrganizationSchema>;

/** Endpoints or models that a key may call; none named is all. */
const allowed = z.array(z.string().min(1).max(200)).max(100).default([]);

/** `expiresAt` left out or null is never. */
const keyFacts = {
  name: nameField,
  ownerId: z.uuid().nullish(),
  expiresAt: z.date().nullish(),
  endpoints: allowed,
  models: allowed,
};
export const createKeySchema = z.strictObject({ ...keyFacts, limits: keyLimitsSchema.default({}) });
export type CreateKey = z.input<typeof createKeySchema>;

/** Replaces all of it; limits have a verb of their own. */
export const updateKeySchema = z.strictObject(keyFacts);
export type UpdateKey = z.input<typeof updateKeySchema>;

export const LONGEST_OVERLAP_HOURS = 168;
/** For how many hours the key before goes on working; 0 ends it at once. */
export const rotateKeySchema = z.strictObject({
  overlapHours: z.coerce.number().int().min(0).max(LONGEST_OVERLAP_HOURS).default(24),
});
export type RotateKey = z.input<typeof rotateKeySchema>;

export const createGatewaySecretSchema = z.strictObject({ name: nameField });

export type KeySelf = {
  id: string;
  name: string;
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  windows: Windows;
};

export type OrganizationRow = {
  id: string;
  organizationId: string;
  name: string;
  externalId: string | null;
  timeZone: string;
  createdAt: Date;
};

const person = z.strictObject({ id: z.string(), name: z.string().nullable(), email: z.string() });
export const keySchema = z
  .strictObject({
    id: z.string().meta({ example: "key_…" }),
    name: z.string(),
    hint: z.string().meta({ description: "The key's last four characters." }),
    createdAt: timeOut,
    expiresAt: timeOut.nullable(),
    revokedAt: timeOut.nullable(),
    owner: person.nullable().meta({ description: "Null for a key of the whole organization." }),
    limits: windowsField,
    spent30d: amountOut.meta({ description: "In the last 30 days." }),
  })
  .meta({ id: "Key" });
export type Key = z.infer<typeof keySchema>;
export const keyListSchema = z.strictObject({ data: z.array(keySchema) }).meta({ id: "KeyList" });
export type KeyList = z.infer<typeof keyListSchema>;
