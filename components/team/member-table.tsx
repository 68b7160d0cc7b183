import { useTranslations } from "next-intl";
import { Amount } from "@/components/amount";
import { Time } from "@/components/time";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import type { Member } from "@/lib/accounts/schema";

const HEAD = "border-b py-2 pr-6 text-left font-normal text-muted text-xs";
const CELL = "h-12 py-2 pr-6 max-sm:block max-sm:h-auto max-sm:py-0.5 max-sm:pr-0 sm:border-b group-last:border-b-0";
const ROW = "group max-sm:block max-sm:border-b max-sm:py-3 max-sm:last:border-b-0";
const LABEL = "mr-2 text-muted text-sm sm:hidden";
const ROLES = ["owner", "admin", "developer", "viewer"] as const;

function MemberRow({ member, you }: { member: Member; you: boolean }) {
  const t = useTranslations("team");
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="flex items-center gap-2 font-medium">
          {member.name ?? member.email}
          {you ? <Badge>{t("you")}</Badge> : null}
        </span>
        {member.name ? <span className="block break-all text-muted text-sm">{member.email}</span> : null}
      </th>
      <td className={CELL}>{t(`roles.${member.role}`)}</td>
      <td className={CELL}>
        <span className={LABEL}>{t("since")}</span>
        <Time at={member.since} />
      </td>
      <td className={cn(CELL, "sm:pr-0 sm:text-right")}>
        <span className={LABEL}>{t("spent")}</span>
        <Amount of={member.spent30d} kind="cost" />
      </td>
    </tr>
  );
}

/** Who shares the balance, as what, and what their keys spent. */
export function MemberTable({ members, userId }: { members: readonly Member[]; userId: string }) {
  const t = useTranslations("team");
  return (
    <div className="grid gap-4">
      <Card aria-label={t("members")}>
        <CardHeader title={t("members")} />
        <table className="w-full border-collapse max-sm:block">
          <thead className="max-sm:sr-only">
            <tr>
              <th scope="col" className={HEAD}>
                {t("person")}
              </th>
              <th scope="col" className={HEAD}>
                {t("role")}
              </th>
              <th scope="col" className={HEAD}>
                {t("since")}
              </th>
              <th scope="col" title={t("spentNote")} className={cn(HEAD, "pr-0 text-right")}>
                {t("spent")}
              </th>
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {members.map((member) => (
              <MemberRow key={member.userId} member={member} you={member.userId === userId} />
            ))}
          </tbody>
        </table>
      </Card>
      <Card aria-label={t("may")}>
        <CardHeader title={t("may")} />
        <dl className="grid gap-y-2 sm:grid-cols-[120px_1fr]">
          {ROLES.map((role) => (
            <div key={role} className="contents max-sm:block">
              <dt className="font-medium">{t(`roles.${role}`)}</dt>
              <dd className="text-muted">{t(`mayDo.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
