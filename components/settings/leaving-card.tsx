"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type Action, type Reader, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { NameField } from "@/components/settings/name-field";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { PermissionNote } from "@/components/ui/permission-note";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { type DeleteOrganizationForm, deleteOrganizationForm, memberTargetSchema } from "@/lib/accounts/schema";
import { paths } from "@/lib/kernel/paths";
import { allows } from "@/lib/kernel/permissions";

type Person = { userId: string; name: string | null; email: string };
export type LeavingActions = Record<"transfer" | "leave" | "remove", Action>;
type Props = { organization: string; people: readonly Person[]; reader: Reader; actions: LeavingActions };

function Row({ title, what, children }: { title: string; what: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-3 first:pt-0 last:border-b-0 last:pb-0">
      <div className="min-w-0 max-w-[52ch]">
        <p className="font-medium">{title}</p>
        <p className="text-muted text-sm">{what}</p>
      </div>
      {children}
    </div>
  );
}

type DialogProps = { open: boolean; onClose: () => void; organization: string };

function Transfer({
  open,
  onClose,
  organization,
  people,
  action,
}: DialogProps & { people: readonly Person[]; action: Action }) {
  const t = useTranslations("settings.transfer");
  const { offered } = useFacts();
  const router = useRouter();
  const send = async (values: { userId: string }): Promise<FormRefusal | undefined> => {
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    router.refresh();
    toast(t("done", { organization }), "success");
    onClose();
  };
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("title", { organization })}>
      <Form
        schema={memberTargetSchema}
        onSubmit={send}
        submit={t("submit")}
        note={t("note", { plans: String(offered.subscription) })}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <Field name="userId" label={t("to")}>
          <Select>
            {people.map(({ userId, name, email }) => (
              <option key={userId} value={userId}>
                {name ? `${name} (${email})` : email}
              </option>
            ))}
          </Select>
        </Field>
      </Form>
    </Dialog>
  );
}

function Delete({ open, onClose, organization, action }: DialogProps & { action: Action }) {
  const t = useTranslations("settings.delete");
  const send = async (values: DeleteOrganizationForm): Promise<FormRefusal | undefined> => {
    if (values.name.trim() !== organization) return { errors: { name: t("wrongName") } };
    const answer = await action(values);
    if (answer.refusal) return refusalOf(answer);
    window.location.assign(paths.start);
  };
  return (
    <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("title", { organization })}>
      <Form
        schema={deleteOrganizationForm}
        danger
        onSubmit={send}
        submit={t("submit")}
        note={t("note")}
        actions={<Button onClick={onClose}>{t("cancel")}</Button>}
      >
        <NameField organization={organization} />
      </Form>
    </Dialog>
  );
}

/** Handing the organization over, leaving it, and deleting it. */
export function LeavingCard({ organization, people, reader, actions }: Props) {
  const t = useTranslations("settings");
  const [open, setOpen] = useState<"transfer" | "leave" | "delete" | null>(null);
  const close = () => setOpen(null);
  const owner = allows(reader.role, "organization.transfer");
  const others = people.filter(({ userId }) => userId !== reader.userId);
  const leave = async () => {
    const answer = await actions.leave({});
    if (answer.refusal) return refusalOf(answer);
    window.location.assign(paths.start);
    return undefined;
  };
  return (
    <Card aria-label={t("leaving")}>
      <CardHeader title={t("leaving")} />
      {owner ? (
        <>
          <Row title={t("transfer.open")} what={t(others.length > 0 ? "transfer.what" : "transfer.nobody")}>
            <Button disabled={others.length === 0} onClick={() => setOpen("transfer")}>
              {t("transfer.open")}
            </Button>
          </Row>
          <Row title={t("delete.open")} what={t("delete.what")}>
            <Button variant="danger" onClick={() => setOpen("delete")}>
              {t("delete.open")}
            </Button>
          </Row>
          <PermissionNote className="mt-3">{t("why.ownerLeaves")}</PermissionNote>
        </>
      ) : (
        <>
          <Row title={t("leave.open")} what={t("leave.what")}>
            <Button variant="danger" onClick={() => setOpen("leave")}>
              {t("leave.open")}
            </Button>
          </Row>
          <PermissionNote className="mt-3">{t("why.owner")}</PermissionNote>
        </>
      )}
      <Transfer
        open={open === "transfer"}
        onClose={close}
        organization={organization}
        people={others}
        action={actions.transfer}
      />
      <Delete open={open === "delete"} onClose={close} organization={organization} action={actions.remove} />
      <ConfirmDialog
        open={open === "leave"}
        onClose={close}
        title={t("leave.title", { organization })}
        confirm={t("leave.confirm")}
        onConfirm={leave}
      >
        <p>{t("leave.sure")}</p>
      </ConfirmDialog>
    </Card>
  );
}
