import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Settings } from "@/components/settings/settings";
import { listPeople, listSessions } from "@/lib/accounts";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { portalPage } from "@/lib/adapters/portal/page";
import { readAlerts } from "@/lib/alerts";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import {
  deleteOrganizationAction,
  endAllSessionsAction,
  endOtherSessionsAction,
  endSessionAction,
  leaveOrganizationAction,
  setAlertsAction,
  setOwnAlertsAction,
  transferOrganizationAction,
  updateOrganizationAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage({ params }: PageProps<"/o/[organization]/settings">) {
  const portal = await portalPage({ params }, (own) => own.settings);
  const { ctx, session, catalogue } = portal;
  const reads = [listPeople(ctx), listSessions(ctx, session), readAlerts(ctx)] as const;
  const [{ data: members }, sessions, alerts] = await Promise.all(reads);
  const { organizationId, organization, user, role, userId } = session;
  const { unit, operator } = catalogue;
  return (
    <Settings
      paths={portal.paths}
      organization={{ id: organizationPublicId(organizationId), ...organization }}
      user={user}
      reader={{ userId, role }}
      people={members}
      sessions={sessions}
      alerts={alerts}
      catalogue={{ unit: unit.plural, version: currentCatalogue().version, support: operator.support }}
      actions={actionsOf(portal, {
        update: updateOrganizationAction,
        setAlerts: setAlertsAction,
        setOwnAlerts: setOwnAlertsAction,
        transfer: transferOrganizationAction,
        leave: leaveOrganizationAction,
        remove: deleteOrganizationAction,
        endSession: endSessionAction,
        endOthers: endOtherSessionsAction,
        endAll: endAllSessionsAction,
      })}
    />
  );
}
