"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useNow } from "@/components/context/use-now";
import { keyState } from "@/components/limits/key-state";
import { LimitFields } from "@/components/limits/limit-fields";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Form, type FormRefusal } from "@/components/ui/form";
import { toast } from "@/components/ui/toast";
import {
  type GivenRole,
  givenRole,
  type Key,
  type LimitsForm,
  limitsForm,
  type Member,
  setMemberRoleSchema,
} from "@/lib/accounts/schema";
import { RoleField } from "./role-field";
import { useTeamChanged } from "./team-actions";

type Props = { open: boolean; onClose: () => void; member: Member; action: Action };

const nameOf = ({ name, email }: Member) => name ?? email;
const roleForm = setMemberRoleSchema.omit({ userId: true });

export function SetRole({ open, onClose, member, action }: Props) {
  const t = useTranslations("team");
  const changed = useTeamChanged();
  const now = givenRole.safeParse(member.role).data ?? "viewer";
  const [role, setRole] = useState<GivenRole>(now);
  const send = async (values: { role: GivenRole }): Promise<FormRefusal | undefined> => {
    const answer = await action({ userId: member.userId, role: values.role });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("changeRole.done", { name: nameOf(member), role: t(`roles.${values.role}`) }), "success");
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t("changeRole.title", { name: nameOf(member) })}
    >
      <Form
        schema={roleForm}
        onSubmit={send}
        submit={t("changeRole.submit")}
        note={t("changeRole.note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <RoleField value={role} onChange={setRole} />
      </Form>
    </Dialog>
  );
}

/** The limits of a member over all their keys. */
export function SetMemberLimits({ open, onClose, member, action }: Props) {
  const t = useTranslations("team");
  const changed = useTeamChanged();
  const send = async (values: LimitsForm): Promise<FormRefusal | undefined> => {
    const answer = await action({ userId: member.userId, ...values });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("limits.done", { name: nameOf(member) }), "success");
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t("limits.title", { name: nameOf(member) })}
      description={t("limits.what")}
    >
      <Form
        schema={limitsForm}
        onSubmit={send}
        submit={t("limits.submit")}
        note={t("limits.note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <LimitFields now={member.limits} />
      </Form>
    </Dialog>
  );
}

/** Says which keys end with the member. */
export function RemoveMember({ open, onClose, member, action, keys }: Props & { keys: readonly Key[] }) {
  const t = useTranslations("team.remove");
  const changed = useTeamChanged();
  const now = useNow();
  const ending = keys.filter((key) => key.owner?.id === member.userId && keyState(key, now) === "working");
  const confirm = async () => {
    const answer = await action({ userId: member.userId });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("done", { name: nameOf(member) }), "success");
    return undefined;
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t("title", { name: nameOf(member) })}
      confirm={t("confirm")}
      onConfirm={confirm}
    >
      <p>{t("what", { email: member.email })}</p>
      {ending.length > 0 ? (
        <div>
          <p>{t("keys", { count: ending.length })}</p>
          <ul className="mt-1 list-disc pl-5">
            {ending.map((key) => (
              <li key={key.id}>
                {key.name} <code translate="no" className="font-mono text-muted text-xs">{`sk_…${key.hint}`}</code>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p>{t("noKeys")}</p>
      )}
    </ConfirmDialog>
  );
}
