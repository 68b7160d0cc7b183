"use client";
import { useTranslations } from "next-intl";
import type { z } from "zod";
import { type Reader, refusalOf } from "@/components/actions/action";
import { LimitFields } from "@/components/limits/limit-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Form, type FormRefusal } from "@/components/ui/form";
import { PermissionNote } from "@/components/ui/permission-note";
import { toast } from "@/components/ui/toast";
import { type KeyDetail, type LimitsForm, limitsForm, updateKeyForm } from "@/lib/accounts/schema";
import { type KeyActions, useKeysChanged } from "./key-actions";
import { AllowedFields, ExpiryField, NameField, OwnerField, type Person } from "./key-fields";
import { keyPowers } from "./key-powers";

type Props<Name extends keyof KeyActions> = {
  open: boolean;
  onClose: () => void;
  apiKey: KeyDetail;
  action: KeyActions[Name];
};
const factsForm = updateKeyForm.omit({ id: true });

/** Name, owner, expiry and permitted calls of the key. */
export function EditKey(props: Props<"update"> & { reader: Reader; people: readonly Person[] }) {
  const { open, onClose, apiKey, action, reader, people } = props;
  const t = useTranslations("keys");
  const changed = useKeysChanged();
  const powers = keyPowers(reader, apiKey.owner?.id);
  const send = async (values: z.output<typeof factsForm>): Promise<FormRefusal | undefined> => {
    const answer = await action({ id: apiKey.id, ...values });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("edit.done", { name: values.name }), "success");
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("edit.title")} className="sm:w-[36rem]">
      <Form
        schema={factsForm}
        onSubmit={send}
        submit={t("edit.submit")}
        note={t("edit.note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <NameField now={apiKey.name} />
        {powers.manage ? <OwnerField people={people} now={apiKey.owner?.id ?? null} /> : null}
        <ExpiryField now={apiKey.expiresAt} />
        {powers.limit ? (
          <AllowedFields endpoints={apiKey.endpoints} models={apiKey.models} />
        ) : (
          <PermissionNote>{t("why.allowed")}</PermissionNote>
        )}
      </Form>
    </Dialog>
  );
}

/** The limits of the key. */
export function SetKeyLimits({ open, onClose, apiKey, action }: Props<"setLimits">) {
  const t = useTranslations("keys");
  const changed = useKeysChanged();
  const send = async (values: LimitsForm): Promise<FormRefusal | undefined> => {
    const answer = await action({ id: apiKey.id, ...values });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("limitForm.done", { name: apiKey.name }), "success");
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("limitForm.title", { name: apiKey.name })}>
      <Form
        schema={limitsForm}
        onSubmit={send}
        submit={t("limitForm.submit")}
        note={t("limitForm.note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <LimitFields now={apiKey.limits} />
      </Form>
    </Dialog>
  );
}
