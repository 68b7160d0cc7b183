/** The client-safe door of the audit log: who did what to which object. */
import { z } from "zod";
import { timeOut } from "@/lib/kernel/wire";

/** Every recorded action, `object.action`. */
export const AUDIT_ACTIONS = [
  "catalogue.applied",
  "gateway_secret.created",
  "gateway_secret.revoked",
  "organization.created",
  "organization.claimed",
  "organization.updated",
  "organization.transferred",
  "organization.deleted",
  "member.joined",
  "member.role_changed",
  "member.limits_changed",
  "member.mails_changed",
  "member.removed",
  "member.left",
  "invitation.created",
  "invitation.revoked",
  "key.created",
  "key.updated",
  "key.limits_changed",
  "key.rotated",
  "key.revoked",
  "place.freed",
  "credit.granted",
  "plan.chosen",
  "plan.started",
  "plan.paid",
  "plan.changed",
  "plan.change_failed",
  "plan.past_due",
  "plan.canceled",
  "plan.resumed",
  "plan.ended",
  "payg.changed",
  "auto_top_up.changed",
  "alert.changed",
  "charges.suspended",
  "charges.resumed",
  "refund.requested",
  "refund.made",
  "refund.declined",
  "payment.started",
  "payment.succeeded",
  "payment.failed",
  "card.added",
  "card.default_changed",
  "card.removed",
  "webhook.replayed",
  "session.started",
  "session.ended",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export const AUDIT_OBJECTS = [
  "organization",
  "member",
  "invitation",
  "key",
  "place",
  "gateway_secret",
  "catalogue",
  "grant",
  "subscription",
  "auto_top_up",
  "alert",
  "refund",
  "payment",
  "card",
  "webhook",
  "session",
] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];

const facts = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z
  .strictObject({
    id: z.string(),
    at: timeOut,
    actor: z.strictObject({
      type: z.enum(["user", "key", "gateway", "operator", "job"]),
      id: z.string().nullable(),
      name: z.string().nullable().meta({ description: "What the actor was called then." }),
    }),
    action: z.enum(AUDIT_ACTIONS),
    object: z.strictObject({ type: z.enum(AUDIT_OBJECTS), id: z.string().nullable(), name: z.string().nullable() }),
    /** The changed fields, before and after. */
    before: facts,
    after: facts,
    address: z.string().nullable(),
    agent: z.string().nullable(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditList = { data: AuditEntry[]; nextCursor: string | null };

const LIMIT = 50;
const MOST = 200;
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** `actor` is a user's id, `object` an object's public id. */
export const auditCsvQuery = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  actor: z.string().max(100).optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  object: z.string().max(200).optional(),
});
export type AuditCsvQuery = z.infer<typeof auditCsvQuery>;
export const auditQuery = auditCsvQuery.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(LIMIT),
});
export type AuditQuery = z.infer<typeof auditQuery>;
