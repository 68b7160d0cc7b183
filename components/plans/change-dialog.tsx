"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { refusalOf } from "@/components/action";
import { Amount } from "@/components/amount";
import { Time } from "@/components/time";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { ChangePreview, Interval, PlanAnswer, PlanList } from "@/lib/plans/schema";
import { follow, type PlanActions } from "./plan-actions";
import { printMinor } from "./price";
import { useDay } from "./use-day";

type Props = {
  wish: { plan: PlanAnswer; interval: Interval };
  list: PlanList;
  actions: Pick<PlanActions, "preview" | "change">;
  onClose: () => void;
  onChanged: () => void;
};

const now = ({ kind }: ChangePreview) => kind === "upgrade" || kind === "restart";

/** What the change does and costs, in sentences. */
function Effect({ preview, list }: { preview: ChangePreview; list: PlanList }) {
  const t = useTranslations("plans.change");
  const { kind, name, charged, price: each, interval } = preview;
  const allowance = () => <Amount of={preview.allowance} kind="balance" />;
  const amount = () => <Amount of={preview.added} kind="balance" />;
  const price = printMinor(charged.amount, list);
  const eachTime = printMinor(each.amount, list);
  if (kind === "keep") return <p>{t("keep", { plan: name })}</p>;
  return (
    <>
      {kind === "downgrade" ? <p>{t.rich("downgrade", { time: () => <Time at={preview.from} full /> })}</p> : null}
      {kind === "upgrade" || kind === "restart" ? <p>{t(kind, { price })}</p> : null}
      {kind === "upgrade" ? <p>{t.rich("added", { amount, allowance })}</p> : null}
      {kind === "restart" ? <p>{t.rich("anew", { allowance })}</p> : null}
      <p>{t.rich("then", { price: eachTime, interval, allowance })}</p>
      {preview.over.map(({ limit, used, most }) => (
        <p key={limit}>{t("over", { limit, used, most, plan: name })}</p>
      ))}
      {now(preview) ? <p className="text-muted text-sm">{t("confirmCard")}</p> : null}
    </>
  );
}

/** Asks what a change costs as the dialog opens, and makes it at exactly that price. */
export function ChangeDialog({ wish, list, actions, onClose, onChanged }: Props) {
  const t = useTranslations("plans.change");
  const ui = useTranslations("ui");
  const day = useDay();
  const [key] = useState(() => crypto.randomUUID());
  const [preview, setPreview] = useState<ChangePreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const { plan, interval } = wish;
  const ask = actions.preview;
  const planId = plan.id;
  const failed = ui("formFailed");
  useEffect(() => {
    let open = true;
    ask({ plan: planId, interval }).then(
      (answer) => {
        if (!open) return;
        if (answer.refusal) setProblem(refusalOf(answer)?.problem ?? failed);
        else setPreview(answer.value);
      },
      () => open && setProblem(failed),
    );
    return () => {
      open = false;
    };
  }, [ask, planId, interval, failed]);
  const done = (of: ChangePreview) => {
    const words = { plan: of.name, day: day(of.from) };
    toast(now(of) ? t("done", words) : t(of.kind === "keep" ? "kept" : "scheduled", words), "success");
    onChanged();
    onClose();
  };
  const send = async (of: ChangePreview) => {
    setPending(true);
    setProblem(null);
    try {
      const answer = await actions.change({
        plan: of.plan,
        interval: of.interval,
        key,
        at: of.at,
        charged: of.charged.amount,
      });
      if (answer.refusal) setProblem(refusalOf(answer)?.problem ?? failed);
      else if (follow(answer.value)) return;
      else done(of);
    } catch {
      setProblem(failed);
    }
    setPending(false);
  };
  const confirm = (of: ChangePreview) => {
    if (now(of)) return t("pay", { price: printMinor(of.charged.amount, list) });
    return of.kind === "keep" ? t("stay", { plan: of.name }) : t("later", { day: day(of.from) });
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => next || onClose()}
      title={t("title", { plan: plan.name, interval })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          {preview ? (
            <Button variant="primary" pending={pending} onClick={() => send(preview)}>
              {confirm(preview)}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="grid gap-3" aria-live="polite">
        {preview ? <Effect preview={preview} list={list} /> : null}
        {preview || problem ? null : (
          <>
            <span className="sr-only">{t("asking")}</span>
            <Skeleton className="h-5 w-full" />
            <Skeleton className="h-5 w-4/5" />
            <Skeleton className="h-5 w-3/5" />
          </>
        )}
      </div>
      <p role="alert" className="mt-3 rounded-control bg-critical-soft px-3 py-2 text-critical text-sm empty:hidden">
        {problem}
      </p>
    </Dialog>
  );
}
