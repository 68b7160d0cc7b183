"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import type { AuditAction, AuditEntry, AuditObject } from "@/lib/audit/schema";

const FIELDS = [
  ...["name", "owner", "expiresAt", "endpoints", "models", "limits", "total", "day", "week", "month", "hint"],
  ...["previousUntil", "role", "replaced", "keysRevoked", "timeZone", "forfeited", "externalId", "ended", "amount"],
] as const;
type Field = (typeof FIELDS)[number];
const isField = (name: string): name is Field => FIELDS.some((field) => field === name);

/** The labels of actions, objects, actors and fields. A field without a label keeps its name. */
export function useAuditLabels() {
  const t = useTranslations("audit");
  const { labels, places } = useFacts();
  // An older catalogue may have had what this one has no label for.
  const words = { payg: labels.payg, autoTopUp: labels.autoTopUp ?? places.autoTopUp.at(-1) ?? "" };
  return {
    action: (action: AuditAction) => t(`action.${action}`, words),
    objectType: (type: AuditObject) => t(`objects.${type}`, words),
    actor: ({ actor }: Pick<AuditEntry, "actor">) =>
      actor.type === "user"
        ? (actor.name ?? t("actors.user"))
        : [t(`actors.${actor.type}`), actor.name].filter(Boolean).join(" "),
    field: (name: string) => (isField(name) ? t(`fields.${name}`) : name),
  };
}
