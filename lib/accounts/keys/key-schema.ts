/** API keys: the facts of a key, and the inputs of forms. */
import { z } from "zod";
import { nameField } from "@/lib/kernel/name";
import { amountOut, timeOut } from "@/lib/kernel/wire";
import { keyLimitsSchema, limitsForm, type Windows, windowsField } from "../limits/limit-schema";

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
/** The number of hours for which the earlier secret still works; 0 ends it now. */
export const rotateKeySchema = z.strictObject({
  overlapHours: z.coerce.number().int().min(0).max(LONGEST_OVERLAP_HOURS).default(24),
});
export type RotateKey = z.input<typeof rotateKeySchema>;

/** One choice or several, as a form sends them. */
const choices = z.preprocess((value) => (typeof value === "string" ? [value] : value), allowed);
/** `expiresOn` is the last day on which the key works, in the organization's zone. */
const keyForm = {
  name: nameField,
  ownerId: z.uuid().optional(),
  expiresOn: z.iso.date().optional(),
  endpoints: choices,
  models: choices,
};
export const createKeyForm = z.strictObject({ ...keyForm, ...limitsForm.shape });
export type CreateKeyForm = z.output<typeof createKeyForm>;
const keyTarget = { id: z.string().max(200) };
export const updateKeyForm = z.strictObject({ ...keyTarget, ...keyForm });
export type UpdateKeyForm = z.output<typeof updateKeyForm>;
export const keyLimitsForm = z.strictObject({ ...keyTarget, ...limitsForm.shape });
export type KeyLimitsForm = z.output<typeof keyLimitsForm>;
export const rotateKeyForm = rotateKeySchema.extend(keyTarget);
/** A key or an invitation, by its public id. */
export const targetForm = z.strictObject(keyTarget);

export type KeySelf = {
  id: string;
  name: string;
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  windows: Windows;
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
    lastUsedAt: timeOut.nullable().meta({ description: "When a call with it was last paid or reserved." }),
    owner: person.nullable().meta({ description: "Null for a key of the whole organization." }),
    limits: windowsField,
    spent30d: amountOut.meta({ description: "In the last 30 days." }),
  })
  .meta({ id: "Key" });
export type Key = z.infer<typeof keySchema>;

/** `madeBy` is who made it, as they were called then; null where that was not recorded. */
export type KeyDetail = Key & {
  endpoints: string[];
  models: string[];
  previousUntil: string | null;
  madeBy: { type: "user" | "key" | "gateway" | "operator" | "job"; name: string | null } | null;
};
/** A key without its spending of 30 days, for callers that need only names and limits. */
export type UnsummedKey = Omit<Key, "spent30d">;
export type UnsummedKeyList = { data: UnsummedKey[] };
export const keyListSchema = z.strictObject({ data: z.array(keySchema) }).meta({ id: "KeyList" });
export type KeyList = z.infer<typeof keyListSchema>;
