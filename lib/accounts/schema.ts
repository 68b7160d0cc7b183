/** The client-safe door of accounts: what organizations, keys and gateway secrets are made of. */
import { z } from "zod";
import { amountOut, timeOut } from "@/lib/kernel/wire";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
const NO_CONTROL = /^[^\u0000-\u001f\u007f]*$/;

const name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(NO_CONTROL, { error: "must not hold control characters" })
  .refine((text) => text.isWellFormed(), { error: "must be well-formed text" });

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** In steps of the unit; null or left out is no limit. */
const limit = z.bigint().min(0n).nullish();
export const keyLimitsSchema = z.strictObject({ total: limit, day: limit, week: limit, month: limit });
export type KeyLimits = z.infer<typeof keyLimitsSchema>;

export const LIMIT_WINDOWS = ["total", "day", "week", "month"] as const;
export type LimitWindow = (typeof LIMIT_WINDOWS)[number];

export const createOrganizationSchema = z.strictObject({
  name,
  externalId: name.optional(),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" })
    .default("UTC"),
});
export type CreateOrganization = z.input<typeof createOrganizationSchema>;

/** Endpoints or models that a key may call; none named is all. */
const allowed = z.array(z.string().min(1).max(200)).max(100).default([]);

/** `expiresAt` left out or null is never. */
const keyFacts = {
  name,
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

export const createGatewaySecretSchema = z.strictObject({ name });

/** `resetsAt` is null for the window that never resets. */
export type KeyWindow = { limit: bigint | null; spent: bigint; held: bigint; resetsAt: Date | null };
export type KeySelf = {
  id: string;
  name: string;
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  windows: Record<LimitWindow, KeyWindow>;
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
    /** Every window in its order, also those without a limit. */
    limits: z.array(
      z.strictObject({
        window: z.enum(LIMIT_WINDOWS),
        limit: amountOut.nullable().meta({ description: "Null is no limit." }),
        spent: amountOut,
        held: amountOut,
        resetsAt: timeOut.nullable().meta({ description: "Null for the window that never resets." }),
      }),
    ),
    spent30d: amountOut.meta({ description: "In the last 30 days." }),
  })
  .meta({ id: "Key" });
export type Key = z.infer<typeof keySchema>;
export const keyListSchema = z.strictObject({ data: z.array(keySchema) }).meta({ id: "KeyList" });
export type KeyList = z.infer<typeof keyListSchema>;

export const memberSchema = z
  .strictObject({
    userId: z.string(),
    name: z.string().nullable(),
    email: z.string(),
    role: z.enum(["owner", "admin", "developer", "viewer"]),
    since: timeOut,
    spent30d: amountOut.meta({ description: "In the last 30 days, by the keys that they own." }),
  })
  .meta({ id: "Member" });
export type Member = z.infer<typeof memberSchema>;
export const memberListSchema = z.strictObject({ data: z.array(memberSchema) }).meta({ id: "MemberList" });
export type MemberList = z.infer<typeof memberListSchema>;

export const membershipSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(["owner", "admin", "developer", "viewer"]),
});
export type Membership = z.infer<typeof membershipSchema>;
export type MembershipList = { data: Membership[] };

export const switchOrganizationSchema = z.strictObject({ id: z.string().max(100) });
export type SwitchOrganization = z.infer<typeof switchOrganizationSchema>;
