"use client";
import { useTranslations } from "next-intl";
import { type Mismatch, tellMismatch } from "@/components/actions/organization-mismatch";
import { useFacts } from "@/components/context/facts";
import { useMemberships } from "@/components/data/queries";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { organizationPaths } from "@/lib/kernel/paths";

/** Says which organization the tab shows, and offers to continue in it or in the other one. */
export default function OtherOrganization({ mismatch }: { mismatch: Mismatch }) {
  const t = useTranslations("shell.otherOrganization");
  const { organization } = useFacts();
  const { data } = useMemberships();
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
