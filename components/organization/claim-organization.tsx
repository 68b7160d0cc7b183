"use client";
import { useTranslations } from "next-intl";
import { type Action, refusalOf } from "@/components/actions/action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { claimOrganizationSchema } from "@/lib/accounts/schema";
import { organizationPaths } from "@/lib/kernel/paths";

/** Claims an organization that the user's calls opened, by one of its keys. The portal reloads in it. */
export default function ClaimOrganization({ onClose, claim }: { onClose: () => void; claim: Action<{ id: string }> }) {
  const t = useTranslations("settings.claimOrganization");
  return (
    <Dialog open onOpenChange={(next) => next || onClose()} title={t("title")}>
      <Form
        schema={claimOrganizationSchema}
        onSubmit={async (values) => {
          const answer = await claim(values);
          if (answer.refusal) return refusalOf(answer);
          window.location.assign(organizationPaths(answer.value.id).overview);
          return undefined;
        }}
        submit={t("submit")}
        note={t("note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <Field name="key" label={t("key")} hint={t("keyHint")}>
          <Input type="password" autoComplete="off" spellCheck={false} maxLength={100} />
        </Field>
      </Form>
    </Dialog>
  );
}
