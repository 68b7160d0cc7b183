import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Action, Reader } from "@/components/actions/action";
import type { Session } from "@/lib/accounts/schema";
import type { AlertsAnswer } from "@/lib/alerts/schema";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import { AlertsCard } from "./alerts-card";
import { Fact, Section } from "./fact";
import { type LeavingActions, LeavingCard } from "./leaving-card";
import { OrganizationCard } from "./organization-card";
import { SessionsCard } from "./sessions-card";
import { ThemeChoice } from "./theme-choice";

export type SettingsFacts = {
  paths: OrganizationPaths;
  organization: { id: string; name: string; timeZone: string };
  user: { name: string | null; email: string };
  reader: Reader;
  people: readonly { userId: string; name: string | null; email: string }[];
  sessions: readonly Session[];
  alerts: AlertsAnswer;
  catalogue: { unit: string; version: number; support: string };
  actions: LeavingActions &
    Record<"update" | "setAlerts" | "setOwnAlerts" | "endSession" | "endOthers" | "endAll", Action>;
};

/** The settings of the organization and of the reader. */
export function Settings(facts: SettingsFacts) {
  const { organization, user, reader, people, sessions, alerts, catalogue, paths, actions } = facts;
  const t = useTranslations("settings");
  const roles = useTranslations("team.roles");
  const link = "underline underline-offset-4 hover:text-accent";
  return (
    <div className="grid max-w-[800px] gap-4">
      <OrganizationCard organization={organization} reader={reader} update={actions.update} />
      <AlertsCard alerts={alerts} reader={reader} set={actions.setAlerts} setOwn={actions.setOwnAlerts} />
      <Section title={t("catalogue")}>
        <Fact label={t("unit")}>{catalogue.unit}</Fact>
        <Fact label={t("version")}>
          <Link href={paths.developersPrices as Route} className={link}>
            {t("versionValue", { version: catalogue.version })}
          </Link>
        </Fact>
        <Fact label={t("support")}>
          <a href={`mailto:${catalogue.support}`} className={link}>
            {catalogue.support}
          </a>
        </Fact>
      </Section>
      <Section title={t("appearance")}>
        <Fact label={t("theme")} note={t("themeNote")}>
          <ThemeChoice />
        </Fact>
      </Section>
      <Section title={t("account")}>
        {user.name ? <Fact label={t("name")}>{user.name}</Fact> : null}
        <Fact label={t("email")}>{user.email}</Fact>
        <Fact label={t("role")}>{roles(reader.role)}</Fact>
      </Section>
      <SessionsCard
        sessions={sessions}
        end={actions.endSession}
        endOthers={actions.endOthers}
        endAll={actions.endAll}
      />
      <LeavingCard organization={organization.name} people={people} reader={reader} actions={actions} />
    </div>
  );
}
