"use client";
import { useTranslations } from "next-intl";
import { type Action, refusalOf } from "@/components/actions/action";
import { organizationPaths } from "@/lib/kernel/paths";
import { type OrganizationFacts, OrganizationForm } from "./organization-form";

/** Creates a further organization. The portal reloads, so that no data of the previous organization stays. */
export default function NewOrganization({ onClose, create }: { onClose: () => void; create: Action<{ id: string }> }) {
  const t = useTranslations("settings.newOrganization");
  const send = async (values: OrganizationFacts) => {
    const answer = await create(values);
    if (answer.refusal) return refusalOf(answer);
    window.location.assign(organizationPaths(answer.value.id).overview);
    return undefined;
  };
  return (
    <OrganizationForm open onClose={onClose} title={t("title")} submit={t("submit")} note={t("note")} onSubmit={send} />
  );
}
