"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { useUsage } from "@/components/data/queries";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { type KeyDetail, rotateKeySchema } from "@/lib/accounts/schema";
import { printTime } from "@/lib/kernel/print-time";
import { type KeyActions, useKeysChanged } from "./key-actions";
import { NewSecret } from "./new-secret";

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
const OVERLAPS = ["0", "1", "24", "168"] as const;
type Overlap = (typeof OVERLAPS)[number];

type Dialogs = { open: boolean; onClose: () => void; apiKey: KeyDetail };

/** A new secret for the same key, and how long the one before still works. */
export function RotateKey({
  open,
  onClose,
  apiKey,
  rotate,
  url,
}: Dialogs & { rotate: KeyActions["rotate"]; url: string }) {
  const t = useTranslations("keys");
  const { timeZone } = useFacts();
  const now = useNow();
  const changed = useKeysChanged();
  const [overlap, setOverlap] = useState<Overlap>("24");
  const [made, setMade] = useState<{ secret: string; note: string } | null>(null);
  const { hint } = apiKey;
  const sentence = (hours: Overlap | number, until: Date) =>
    Number(hours) === 0
      ? t("rotate.atOnce", { hint })
      : t("rotate.until", { hint, until: printTime(until, now, timeZone, true) });
  const send = async ({ overlapHours }: { overlapHours: number }): Promise<FormRefusal | undefined> => {
    const answer = await rotate({ id: apiKey.id, overlapHours });
    if (answer.refusal) return refusalOf(answer);
    setMade({ secret: answer.value.key, note: sentence(overlapHours, new Date(answer.value.previousUntil)) });
    onClose();
    void changed();
  };
  const until = new Date(now.getTime() + Number(overlap) * HOUR_MS);
  return (
    <>
      <Dialog open={open} onOpenChange={(next) => next || onClose()} title={t("rotate.title", { name: apiKey.name })}>
        <Form
          schema={rotateKeySchema}
          onSubmit={send}
          submit={t("rotate.submit")}
          note={sentence(overlap, until)}
          actions={<Button onClick={onClose}>{t("cancel")}</Button>}
        >
          <p>{t("rotate.what")}</p>
          <Field name="overlapHours" label={t("rotate.overlap")}>
            <Select value={overlap} onChange={(event) => setOverlap(event.target.value as Overlap)}>
              {OVERLAPS.map((hours) => (
                <option key={hours} value={hours}>
                  {t(`rotate.overlaps.${hours}`)}
                </option>
              ))}
            </Select>
          </Field>
          {apiKey.previousUntil ? <p className="text-warning">{t("rotate.before")}</p> : null}
        </Form>
      </Dialog>
      <NewSecret
        secret={made?.secret ?? null}
        title={t("rotate.made", { name: apiKey.name })}
        {...(made && { note: made.note })}
        url={url}
        onClose={() => setMade(null)}
      />
    </>
  );
}

/** How many calls the key has just made; sums are kept by quarters of an hour, so it says since when. */
function Lately({ apiKey }: { apiKey: KeyDetail }) {
  const t = useTranslations("keys.revoke");
  const { timeZone } = useFacts();
  const now = useNow();
  const from = new Date(Math.floor((now.getTime() - HOUR_MS) / QUARTER_MS) * QUARTER_MS);
  const { data } = useUsage({ key: apiKey.id, from: from.toISOString() });
  if (!data) return <p className="text-muted">{t("counting")}</p>;
  const since = printTime(from, now, timeZone);
  return <p>{t("lately", { count: Number(data.totals.requests), since })}</p>;
}

export function RevokeKey({ open, onClose, apiKey, revoke }: Dialogs & { revoke: KeyActions["revoke"] }) {
  const t = useTranslations("keys.revoke");
  const changed = useKeysChanged();
  const confirm = async () => {
    const answer = await revoke({ id: apiKey.id });
    if (answer.refusal) return refusalOf(answer);
    await changed();
    toast(t("done", { name: apiKey.name }), "success");
    return undefined;
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t("title", { name: apiKey.name })}
      confirm={t("confirm")}
      onConfirm={confirm}
    >
      {open ? <Lately apiKey={apiKey} /> : null}
      <p>{t("what", { hint: apiKey.hint })}</p>
    </ConfirmDialog>
  );
}
