import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditLog } from "@/components/audit/audit-log";
import { auditQuestion, loadAudit } from "@/components/audit/state";
import { Card } from "@/components/ui/card";
import { NoPermission } from "@/components/ui/notice";
import { listKeyLimits, listPeople } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { listAudit } from "@/lib/audit";
import { auditQuery } from "@/lib/audit/schema";
import { organizationPublicId } from "@/lib/kernel/ids";
import { allows } from "@/lib/kernel/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ params, searchParams }: PageProps<"/o/[organization]/settings/audit">) {
  const given = await searchParams;
  const { ctx, session } = await portalPage({ params }, (own) => own.audit);
  const t = await getTranslations("audit");
  if (!allows(session.role, "audit.read")) {
    return (
      <Card aria-label={t("title")}>
        <NoPermission what={t("theLog")} who={t("whoMay")} />
      </Card>
    );
  }
  const question = auditQuestion(loadAudit(given), session.organization.timeZone);
  const [list, { data: keys }, { data: members }] = await Promise.all([
    listAudit(ctx, auditQuery.parse(question)),
    listKeyLimits(ctx),
    listPeople(ctx),
  ]);
  const people = members.map(({ userId, name, email }) => ({ value: userId, label: name ?? email }));
  const organization = { value: organizationPublicId(ctx.organizationId), label: session.organization.name };
  return (
    <AuditLog
      first={{ question, list }}
      actors={people}
      objects={[organization, ...keys.map(({ id, name }) => ({ value: id, label: name })), ...people]}
    />
  );
}
