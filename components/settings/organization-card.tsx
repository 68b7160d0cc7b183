"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, type Reader, refusalOf } from "@/components/actions/action";
import { type OrganizationFacts, OrganizationForm } from "@/components/organization/organization-form";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { PermissionNote } from "@/components/ui/permission-note";
import { toast } from "@/components/ui/toast";
import { allows } from "@/lib/kernel/permissions";
import { Fact, Section } from "./fact";
import { LocalClock } from "./local-clock";

type Props = { organization: { id: string; name: string; timeZone: string }; reader: Reader; update: Action };

/** The organization's name and time zone. */
export function OrganizationCard({ organization, reader, update }: Props) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const may = allows(reader.role, "organization.update");
  const send = async (values: OrganizationFacts) => {
    const answer = await update(values);
    if (answer.refusal) return refusalOf(answer);
    router.refresh();
    toast(t("saved"), "success");
    setEditing(false);
    return undefined;
  };
  return (
    <Section
      title={t("organization")}
      aside={may ? <Button onClick={() => setEditing(true)}>{t("edit")}</Button> : null}
      foot={may ? null : <PermissionNote className="mt-4">{t("why.update")}</PermissionNote>}
    >
      <Fact label={t("name")}>{organization.name}</Fact>
      <Fact label={t("id")} note={t("idNote")}>
        <span className="flex items-center gap-2">
          <code translate="no" className="min-w-0 break-all font-mono text-sm">
            {organization.id}
          </code>
          <CopyButton text={organization.id} what={t("id")} className="-my-1" />
        </span>
      </Fact>
      <Fact label={t("timeZone")} note={<LocalClock />}>
        {organization.timeZone}
      </Fact>
      <OrganizationForm
        open={editing}
        onClose={() => setEditing(false)}
        title={t("editTitle")}
        submit={t("save")}
        note={t("editNote")}
        now={{ name: organization.name, timeZone: organization.timeZone }}
        onSubmit={send}
      />
    </Section>
  );
}
