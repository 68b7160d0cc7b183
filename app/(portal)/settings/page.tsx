import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Settings } from "@/components/settings/settings";
import { listPeople, listSessions } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { currentCatalogue } from "@/lib/catalogue";
import { organizationPublicId } from "@/lib/kernel/ids";
import { paths } from "@/lib/kernel/paths";
import {
  deleteOrganizationAction,
  endAllSessionsAction,
  endOtherSessionsAction,
  endSessionAction,
  leaveOrganizationAction,
  transferOrganizationAction,
  updateOrganizationAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const { ctx, session, catalogue } = await portalPage(paths.settings);
  const [{ data: members }, sessions] = await Promise.all([listPeople(ctx), listSessions(ctx, session)]);
  const { organizationId, organization, user, role, userId } = session;
  const { unit, operator } = catalogue;
  return (
    <Settings
      organization={{ id: organizationPublicId(organizationId), ...organization }}
      user={user}
      reader={{ userId, role }}
      people={members}
      sessions={sessions}
      catalogue={{ unit: unit.plural, version: currentCatalogue().version, support: operator.support }}
      actions={{
        update: updateOrganizationAction,
        transfer: transferOrganizationAction,
        leave: leaveOrganizationAction,
        remove: deleteOrganizationAction,
        endSession: endSessionAction,
        endOthers: endOtherSessionsAction,
        endAll: endAllSessionsAction,
      }}
    />
  );
}
