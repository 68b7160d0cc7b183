/** The client-safe door of alerts: the rule of an organization and the choice of a member. */
import { z } from "zod";

const decimal = z
  .string()
  .trim()
  .regex(/^[0-9]{1,18}(?:\.[0-9]{1,9})?$/, { error: "Write an amount such as 20 or 20.50." });
const box = z.literal("on").optional();

/** `levels`: mails about the catalogue's levels. `threshold`: a further mail below this amount of the unit. */
export const setAlertsSchema = z.strictObject({ levels: box, threshold: decimal.optional() });
export type SetAlerts = z.output<typeof setAlertsSchema>;

/** Whether the member gets the mails. */
export const setOwnAlertsSchema = z.strictObject({ mails: box });
export type SetOwnAlerts = z.output<typeof setOwnAlertsSchema>;

export type AlertsAnswer = {
  levels: boolean;
  /** A decimal of the unit; null without an alert of the organization's own. */
  threshold: string | null;
  /** The reader's choice; null for those who get no mails: developers, viewers and who is not a member. */
  own: boolean | null;
};
