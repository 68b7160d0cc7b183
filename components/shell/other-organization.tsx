"use client";
import { useTranslations } from "next-intl";
import { type Mismatch, tellMismatch } from "@/components/actions/organization-mismatch";
import { useFacts } from "@/components/context/facts";
import { useRead } from "@/components/data/use-read";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { organizationPaths } from "@/lib/kernel/paths";

/** Says which organization the tab shows, and offers to continue in it or in the other one. */
export default function OtherOrganization({ mismatch }: { mismatch: Mismatch }) {
  const t = useTranslations("shell.otherOrganization");
  const { organization } = useFacts();
  const { data } = useRead(endpoints.organizations, {});
  const other = mismatch.other === organization.id ? null : mismatch.other;
  const name = data?.data.find(({ id }) => id === other)?.name ?? t("theOther");
  const goOn = (id: string) => window.location.assign(organizationPaths(id).overview);
  return (
    <Dialog
      open
      onOpenChange={(open) => open || tellMismatch(null)}
      title={t("title", { name: organization.name })}
      footer={
        <>
          {other ? <Button onClick={() => goOn(other)}>{t("goOn", { name })}</Button> : null}
          <Button variant="primary" onClick={() => goOn(organization.id)}>
            {t("goOn", { name: organization.name })}
          </Button>
        </>
      }
    >
      <p>{t("text")}</p>
    </Dialog>
  );
}
