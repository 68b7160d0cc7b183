"use client";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Reader } from "@/components/actions/action";
import { LimitBars } from "@/components/limits/limit-bars";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { PermissionNote } from "@/components/ui/permission-note";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { Key, Member } from "@/lib/accounts/schema";
import { allows } from "@/lib/kernel/permissions";
import { RemoveMember, SetMemberLimits, SetRole } from "./member-dialogs";
import type { TeamActions } from "./team-actions";

const HEAD = "border-b py-2 pr-6 text-left font-normal text-muted text-xs";
const CELL = "py-3 pr-6 align-top max-md:block max-md:py-0.5 max-md:pr-0 md:border-b group-last:border-b-0";
const ROW = "group max-md:relative max-md:block max-md:border-b max-md:py-3 max-md:last:border-b-0";
const LABEL = "mr-2 text-muted text-sm md:hidden";

type RowProps = { member: Member; keys: readonly Key[]; reader: Reader; actions: TeamActions };

/** The actions for a member. The owner stays owner, and members cannot change or remove themselves. */
function MemberMenu({ member, keys, reader, actions }: RowProps) {
  const t = useTranslations("team");
  const [open, setOpen] = useState<"role" | "limits" | "remove" | null>(null);
  const own = member.userId === reader.userId;
  const fixed = own || member.role === "owner";
  const dialog = (name: "role" | "limits" | "remove") => ({
    open: open === name,
    onClose: () => setOpen(null),
    member,
  });
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("manage", { name: member.name ?? member.email })} className="-my-2">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setOpen("limits")}>{t("limits.open")}</MenuItem>
        {fixed ? null : (
          <>
            <MenuItem onClick={() => setOpen("role")}>{t("changeRole.open")}</MenuItem>
            <MenuSeparator />
            <MenuItem danger onClick={() => setOpen("remove")}>
              {t("remove.open")}
            </MenuItem>
          </>
        )}
      </Menu>
      <SetMemberLimits {...dialog("limits")} action={actions.setLimits} />
      <SetRole {...dialog("role")} action={actions.setRole} />
      <RemoveMember {...dialog("remove")} action={actions.remove} keys={keys} />
    </>
  );
}

function MemberRow(props: RowProps & { manages: boolean }) {
  const { member, reader, manages } = props;
  const t = useTranslations("team");
  return (
    <tr className={ROW}>
      <th scope="row" className={`${CELL} text-left font-normal max-md:pr-12`}>
        <span className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {member.name ?? member.email}
          {member.userId === reader.userId ? <Badge>{t("you")}</Badge> : null}
        </span>
        {member.name ? <span className="block break-all text-muted text-sm">{member.email}</span> : null}
      </th>
      <td className={CELL}>
        {t(`roles.${member.role}`)}
        <span className="block text-muted text-sm">
          {t("since")} <Time at={member.since} />
        </span>
      </td>
      <td className={`${CELL} md:w-[32%] max-md:py-2`}>
        <LimitBars limits={member.limits} name={member.name ?? member.email} />
      </td>
      <td className={cn(CELL, "md:text-right", !manages && "md:pr-0")}>
        <span className={LABEL}>{t("spent")}</span>
        <Amount of={member.spent30d} />
      </td>
      {manages ? (
        <td className={cn(CELL, "w-9 md:pr-0 max-md:absolute max-md:top-3 max-md:right-0")}>
          <MemberMenu {...props} />
        </td>
      ) : null}
    </tr>
  );
}

type Props = { members: readonly Member[]; keys: readonly Key[]; reader: Reader; actions: TeamActions };

/** The members with their roles, their limits, and their keys' spending. */
export function MemberTable({ members, keys, reader, actions }: Props) {
  const t = useTranslations("team");
  const manages = allows(reader.role, "member.limit");
  return (
    <Card aria-label={t("members")}>
      <CardHeader title={t("members")} />
      <table className="w-full border-collapse max-md:block">
        <thead className="max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              {t("person")}
            </th>
            <th scope="col" className={HEAD}>
              {t("role")}
            </th>
            <th scope="col" className={HEAD}>
              {t("limitsHead")}
            </th>
            <th
              scope="col"
              title={t("spentNote")}
              className={cn(HEAD, "whitespace-nowrap text-right", !manages && "pr-0")}
            >
              {t("spent")}
            </th>
            {manages ? (
              <th scope="col" className={cn(HEAD, "pr-0")}>
                <span className="sr-only">{t("manageHead")}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              keys={keys}
              reader={reader}
              actions={actions}
              manages={manages}
            />
          ))}
        </tbody>
      </table>
      {manages ? null : <PermissionNote className="mt-4">{t("why.manage")}</PermissionNote>}
    </Card>
  );
}
