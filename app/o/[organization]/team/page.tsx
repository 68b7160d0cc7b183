import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Team } from "@/components/team/team";
import { listInvitations, listKeys, listMembers, listPlaces } from "@/lib/accounts";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { portalPage } from "@/lib/adapters/portal/page";
import { planLimits } from "@/lib/ledger";
import {
  freePlaceAction,
  inviteAction,
  removeMemberAction,
  setMemberLimitsAction,
  setRoleAction,
  withdrawAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("team");
  return { title: t("title") };
}

export default async function TeamPage({ params }: PageProps<"/o/[organization]/team">) {
  const portal = await portalPage({ params }, (own) => own.team);
  const { ctx, session } = portal;
  const [members, invitations, keys, most, places] = await Promise.all([
    listMembers(ctx),
    listInvitations(ctx),
    listKeys(ctx),
    planLimits(ctx),
    listPlaces(ctx),
  ]);
  return (
    <Team
      initial={{ members, invitations, keys }}
      most={most.members ?? null}
      places={places.data}
      reader={{ userId: session.userId, role: session.role }}
      actions={actionsOf(portal, {
        invite: inviteAction,
        withdraw: withdrawAction,
        setRole: setRoleAction,
        setLimits: setMemberLimitsAction,
        remove: removeMemberAction,
        freePlace: freePlaceAction,
      })}
    />
  );
}
