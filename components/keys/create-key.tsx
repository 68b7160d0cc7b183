"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Reader, refusalOf } from "@/components/actions/action";
import { LimitFields } from "@/components/limits/limit-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Form, type FormRefusal } from "@/components/ui/form";
import { PermissionNote } from "@/components/ui/permission-note";
import { type CreateKeyForm, createKeyForm } from "@/lib/accounts/schema";
import { type KeyActions, useKeysChanged } from "./key-actions";
import { AllowedFields, ExpiryField, NameField, OwnerField, type Person } from "./key-fields";
import { keyPowers } from "./key-powers";
import { NewSecret } from "./new-secret";

type Props = {
  open: boolean;
  onClose: () => void;
  create: KeyActions["create"];
  reader: Reader;
  people: readonly Person[];
  url: string;
};

/** The form for a new key, and then, once, the key. */
export function CreateKey({ open, onClose, create, reader, people, url }: Props) {
  const t = useTranslations("keys");
  const changed = useKeysChanged();
  const [made, setMade] = useState<{ secret: string; name: string } | null>(null);
  const powers = keyPowers(reader);
  const send = async (values: CreateKeyForm): Promise<FormRefusal | undefined> => {
    const answer = await create(values);
    if (answer.refusal) return refusalOf(answer);
    setMade({ secret: answer.value.key, name: values.name });
    onClose();
    void changed();
  };
  return (
    <>
      <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("create.title")} className="sm:w-[36rem]">
        <Form
          schema={createKeyForm}
          onSubmit={send}
          submit={t("create.submit")}
          note={t("create.note")}
          actions={<Button onClick={onClose}>{t("cancel")}</Button>}
        >
          <NameField />
          {powers.manage ? <OwnerField people={people} now={reader.userId} /> : null}
          <ExpiryField />
          {powers.limit ? (
            <>
              <LimitFields />
              <AllowedFields />
            </>
          ) : (
            <PermissionNote>{t("why.limit")}</PermissionNote>
          )}
        </Form>
      </Dialog>
      <NewSecret
        secret={made?.secret ?? null}
        title={t("create.made", { name: made?.name ?? "" })}
        url={url}
        onClose={() => setMade(null)}
      />
    </>
  );
}
