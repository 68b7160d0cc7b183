"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { refusalOf } from "@/components/actions/action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { printMoney } from "@/lib/kernel/print-money";
import type { ChangePreview, Interval, PlanAnswer, PlanList } from "@/lib/plans/schema";
import { follow, type PlanActions } from "./plan-actions";
import { useDay } from "./use-day";

type Props = {
  wish: { plan: PlanAnswer; interval: Interval };
  list: PlanList;
  actions: Pick<PlanActions, "preview" | "change">;
  onClose: () => void;
  onChanged: () => void;
};

const now = ({ kind }: ChangePreview) => kind === "upgrade" || kind === "restart";

/** The effect and the cost of the change, in sentences. */
function Effect({ preview, list }: { preview: ChangePreview; list: PlanList }) {
  const t = useTranslations("plans.change");
  const { kind, name, charged, price: each, interval } = preview;
  const allowance = () => <Amount of={preview.allowance} />;
  const amount = () => <Amount of={preview.added} />;
  const price = printMoney(charged.amount, list);
  const eachTime = printMoney(each.amount, list);
  if (kind === "keep") return <p>{t("keep", { plan: name })}</p>;
  return (
    <>
      {kind === "downgrade" ? <p>{t.rich("downgrade", { time: () => <Time at={preview.from} full /> })}</p> : null}
      {kind === "upgrade" || kind === "restart" ? <p>{t(kind, { price })}</p> : null}
      {kind === "upgrade" ? <p>{t.rich("added", { amount })}</p> : null}
      {kind === "restart" ? <p>{t.rich("newMonth", { allowance })}</p> : null}
      <p>{t.rich("then", { price: eachTime, interval, allowance })}</p>
      {preview.over.map(({ limit, used, most }) => (
        <p key={limit}>{t("over", { limit, used, most, plan: name })}</p>
      ))}
      {now(preview) ? <p className="text-muted text-sm">{t("confirmCard")}</p> : null}
    </>
  );
}

type LoadedPreview = { preview: ChangePreview | null; problem: string | null };

/** Reads the cost of the change when the dialog opens. */
function usePreview({ wish, actions }: Pick<Props, "wish" | "actions">, failed: string): LoadedPreview {
  const [asked, setAsked] = useState<LoadedPreview>({ preview: null, problem: null });
  const { preview: ask } = actions;
  const { interval } = wish;
  const { id: plan } = wish.plan;
  useEffect(() => {
    let open = true;
    const show = (found: LoadedPreview) => open && setAsked(found);
    ask({ plan, interval }).then(
      (answer) => {
        if (answer.refusal) show({ preview: null, problem: refusalOf(answer)?.problem ?? failed });
        else show({ preview: answer.value, problem: null });
      },
      () => show({ preview: null, problem: failed }),
    );
    return () => {
      open = false;
    };
  }, [ask, plan, interval, failed]);
  return asked;
}

/** Makes the change at exactly the shown price; returns the problem. */
function useSend({ actions, onClose, onChanged }: Omit<Props, "wish" | "list">, failed: string) {
  const t = useTranslations("plans.change");
  const day = useDay();
  // The same change sent twice is one payment.
  const [key] = useState(() => crypto.randomUUID());
  return async (of: ChangePreview): Promise<string | null> => {
    const { plan, interval, at, charged, creditFrom, kind, name: title } = of;
    try {
      const answer = await actions.change({ plan, interval, key, at, creditFrom, charged: charged.amount });
      if (answer.refusal) return refusalOf(answer)?.problem ?? failed;
      if (follow(answer.value)) return new Promise<null>(() => undefined);
    } catch {
      return failed;
    }
    const words = { plan: title, day: day(of.from) };
    toast(now(of) ? t("done", words) : t(kind === "keep" ? "kept" : "scheduled", words), "success");
    onChanged();
    onClose();
    return null;
  };
}

function Waiting() {
  const t = useTranslations("plans.change");
  return (
    <>
      <span className="sr-only">{t("asking")}</span>
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-5 w-3/5" />
    </>
  );
}

/** Previews the cost of a change, and makes the change at exactly that price. */
export function ChangeDialog(props: Props) {
  const { wish, list, onClose } = props;
  const t = useTranslations("plans.change");
  const ui = useTranslations("ui");
  const day = useDay();
  const failed = ui("formFailed");
  const { preview, problem } = usePreview(props, failed);
  const send = useSend(props, failed);
  const [refused, setRefused] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const press = async (of: ChangePreview) => {
    setPending(true);
    setRefused(await send(of));
    setPending(false);
  };
  const confirm = (of: ChangePreview) => {
    if (now(of)) return t("pay", { price: printMoney(of.charged.amount, list) });
    return of.kind === "keep" ? t("stay", { plan: of.name }) : t("later", { day: day(of.from) });
  };
  const buttons = (
    <>
      <Button onClick={onClose}>{ui("cancel")}</Button>
      {preview ? (
        <Button variant="primary" pending={pending} onClick={() => press(preview)}>
          {confirm(preview)}
        </Button>
      ) : null}
    </>
  );
  const { plan, interval } = wish;
  return (
    <Dialog
      open
      onOpenChange={(next) => next || onClose()}
      title={t("title", { plan: plan.name, interval })}
      footer={buttons}
    >
      <div className="grid gap-3" aria-live="polite">
        {preview ? <Effect preview={preview} list={list} /> : null}
        {preview || problem ? null : <Waiting />}
      </div>
      <p role="alert" className="mt-3 rounded-control bg-critical-soft px-3 py-2 text-critical text-sm empty:hidden">
        {refused ?? problem}
      </p>
    </Dialog>
  );
}
