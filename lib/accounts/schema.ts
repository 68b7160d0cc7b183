/** The client-safe door of accounts: organizations, people, keys and gateway secrets. */
import { z } from "zod";

export * from "./gateway-secrets/gateway-secret-schema";
export * from "./invitations/invitation-schema";
export * from "./keys/key-schema";
export {
  type KeyLimits,
  type KeyWindow,
  keyLimitsSchema,
  LIMIT_WINDOWS,
  type LimitsForm,
  type LimitWindow,
  limitsForm,
} from "./limits/limit-schema";
export * from "./members/member-schema";
export * from "./organizations/organization-schema";
export * from "./places/place-schema";
export * from "./sessions/session-schema";

/** The input of an action without fields. */
export const nothingForm = z.strictObject({});
