"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { type GivenRole, INVITATION_DAYS, inviteMemberSchema } from "@/lib/accounts/schema";
import { RoleField } from "./role-field";
import { useTeamChanged } from "./team-actions";

type Props = { open: boolean; onClose: () => void; action: Action };

/** An address and a role; the link goes by mail alone. */
export function Invite({ open, onClose, action }: Props) {
  const t = useTranslations("team");
  const changed = useTeamChanged();
  const [role, setRole] = useState<GivenRole>("developer");
  const send = async (values: { email: string; role: GivenRole }): Promise<FormRefusal | undefined> => {
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("invite.done", { email: values.email }), "success");
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("invite.title")}>
      <Form
        schema={inviteMemberSchema}
        onSubmit={send}
        submit={t("invite.submit")}
        note={t("invite.note", { days: INVITATION_DAYS })}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <Field name="email" label={t("invite.email")}>
          <Input type="email" autoComplete="off" />
        </Field>
        <RoleField value={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}
