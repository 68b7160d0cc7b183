"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import type { FormRefusal } from "./form";

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The effect, in sentences. */
  children: ReactNode;
  /** The button's words: the effect. */
  confirm: string;
  danger?: boolean;
  /** Returns with a refusal, or with nothing when it is done; then the dialog closes. */
  onConfirm: () => Promise<FormRefusal | undefined>;
};

/** Asks before a step that cannot be undone. It shows a refusal, and nothing is lost. */
export function ConfirmDialog({ open, onClose, title, children, confirm, danger = true, onConfirm }: Props) {
  const t = useTranslations("ui");
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const run = async () => {
    setPending(true);
    try {
      const refusal = await onConfirm();
      if (refusal) setProblem(refusal.problem ?? Object.values(refusal.errors ?? {})[0] ?? t("formFailed"));
      else close();
    } catch {
      setProblem(t("formFailed"));
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close()}
      title={title}
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button variant={danger ? "danger" : "primary"} pending={pending} onClick={run}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">{children}</div>
      <p role="alert" className="mt-3 rounded-control bg-critical-soft px-3 py-2 text-critical text-sm empty:hidden">
        {problem}
      </p>
    </Dialog>
  );
}
