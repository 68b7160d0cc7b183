"use client";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Reader } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { useRead } from "@/components/data/use-read";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { PermissionNote } from "@/components/ui/permission-note";
import type { InvitationList, KeyList, MemberList, Places as PlacesOf } from "@/lib/accounts/schema";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { allows, ROLES } from "@/lib/kernel/permissions";
import { Invitations } from "./invitations";
import { Invite } from "./invite";
import { MemberTable } from "./member-table";
import { Places } from "./places";
import type { TeamActions } from "./team-actions";

type Props = {
  initial: { members: MemberList; invitations: InvitationList; keys: KeyList };
  /** How many members the plan allows, open invitations counted; null is any number. */
  most: number | null;
  places: readonly PlacesOf[];
  reader: Reader;
  actions: TeamActions;
};

function RoleCard() {
  const t = useTranslations("team");
  const { countsPlaces } = useFacts();
  return (
    <Card aria-label={t("may")}>
      <CardHeader title={t("may")} />
      <dl className="grid gap-y-2 sm:grid-cols-[120px_1fr]">
        {ROLES.map((role) => (
          <div key={role} className="contents max-sm:block">
            <dt className="font-medium">{t(`roles.${role}`)}</dt>
            <dd className="text-muted">{t(`mayDo.${role}`, { places: String(countsPlaces) })}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** The members of the organization, the open invitations, and the permissions of roles. */
export function Team({ initial, most, places, reader, actions }: Props) {
  const t = useTranslations("team");
  const members = useRead(endpoints.members, {}, { initial: initial.members }).data.data;
  const invited = useRead(endpoints.invitations, {}, { initial: initial.invitations }).data.data;
  const keys = useRead(endpoints.keys, {}, { initial: initial.keys }).data.data;
  const [inviting, setInviting] = useState(false);
  const mayInvite = allows(reader.role, "member.invite");
  const pending = invited.filter(({ state }) => state === "open" || state === "expired");
  const open = invited.filter(({ state }) => state === "open").length;
  const full = most !== null && members.length + open >= most;
  const count = [
    most === null ? t("count", { count: members.length }) : t("countOf", { count: members.length, most }),
    ...(open > 0 ? [t("invited", { count: open })] : []),
  ].join(", ");
  return (
    <>
      <PageHeader
        title={t("title")}
        description={`${count}. ${t("description")}`}
        actions={
          mayInvite ? (
            <Button variant="primary" disabled={full} onClick={() => setInviting(true)}>
              <UserPlus aria-hidden="true" />
              {t("invite.open")}
            </Button>
          ) : (
            <PermissionNote>{t("why.invite")}</PermissionNote>
          )
        }
      />
      {full && mayInvite ? (
        <p className="mb-4 rounded-control bg-low-soft px-3 py-2 text-low text-sm">{t("full", { most })}</p>
      ) : null}
      <div className="grid gap-4">
        <MemberTable members={members} keys={keys} reader={reader} actions={actions} />
        <Invitations invitations={pending} withdraw={mayInvite ? actions.withdraw : null} />
        {places.map((of) => (
          <Places key={of.tag} places={of} free={allows(reader.role, "place.free") ? actions.freePlace : null} />
        ))}
        <RoleCard />
      </div>
      <Invite open={inviting} onClose={() => setInviting(false)} action={actions.invite} />
    </>
  );
}
