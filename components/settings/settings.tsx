import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { paths } from "@/lib/kernel/paths";
import { LocalClock } from "./local-clock";
import { ThemeChoice } from "./theme-choice";

export type SettingsFacts = {
  organization: { id: string; name: string; timeZone: string };
  user: { name: string | null; email: string; role: "owner" | "admin" | "developer" | "viewer" };
  catalogue: { unit: string; version: number; support: string };
};

function Fact({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b py-3 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[200px_1fr]">
      <dt className="text-muted sm:pt-1">{label}</dt>
      <dd className="min-w-0 sm:pt-1">
        {children}
        {note ? <p className="text-muted text-sm">{note}</p> : null}
      </dd>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title} />
      <dl>{children}</dl>
    </Card>
  );
}

/** What this organization and this reader are set to. */
export function Settings({ organization, user, catalogue }: SettingsFacts) {
  const t = useTranslations("settings");
  const roles = useTranslations("team.roles");
  const link = "underline underline-offset-4 hover:text-accent";
  return (
    <div className="grid max-w-[800px] gap-4">
      <Section title={t("organization")}>
        <Fact label={t("name")}>{organization.name}</Fact>
        <Fact label={t("id")} note={t("idNote")}>
          <span className="flex items-center gap-2">
            <code className="min-w-0 break-all font-mono text-sm">{organization.id}</code>
            <CopyButton text={organization.id} what={t("id")} className="-my-1" />
          </span>
        </Fact>
        <Fact label={t("timeZone")} note={<LocalClock />}>
          {organization.timeZone}
        </Fact>
      </Section>
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
        <Fact label={t("role")}>{roles(user.role)}</Fact>
      </Section>
    </div>
  );
}
