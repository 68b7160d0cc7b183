"use client";
import { CreditCard } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Action, refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { usePaths } from "@/components/context/use-paths";
import { Badge } from "@/components/ui/badge";
import { Button, buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Empty } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { type CardAnswer, cardLabel } from "@/lib/payments/schema";

type Actions = { add: Action<{ redirect: string }>; setDefault: Action; remove: Action };
type Props = { cards: readonly CardAnswer[]; mayManage: boolean; actions: Actions };

/** A card is good until the end of its month. */
function isExpired({ expMonth, expYear }: CardAnswer, now: Date): boolean {
  return Date.UTC(expYear, expMonth, 1) <= now.getTime();
}

function CardFacts({ card }: { card: CardAnswer }) {
  const t = useTranslations("payments.methods");
  const { labels } = useFacts();
  const expired = isExpired(card, useNow());
  const when = { month: String(card.expMonth).padStart(2, "0"), year: String(card.expYear) };
  const uses = card.usedBy.map((use) => t(`usedBy.${use}`, { autoTopUp: labels.autoTopUp ?? "" }));
  return (
    <div className="min-w-0 flex-1">
      <p className="flex flex-wrap items-center gap-2 font-medium tabular-nums">
        {cardLabel(card)}
        {card.isDefault ? <Badge tone="accent">{t("default")}</Badge> : null}
        {expired ? <Badge tone="critical">{t("expired", when)}</Badge> : null}
      </p>
      <p className="text-muted text-sm">
        {[...(expired ? [] : [t("expires", when)]), ...uses].map((words) => `${words}.`).join(" ")}
      </p>
    </div>
  );
}

type RowProps = { card: CardAnswer; mayManage: boolean; onDefault: () => Promise<void>; onRemove: () => void };

function CardRow({ card, mayManage, onDefault, onRemove }: RowProps) {
  const t = useTranslations("payments.methods");
  const [pending, setPending] = useState(false);
  const name = cardLabel(card);
  const choose = async () => {
    setPending(true);
    await onDefault().finally(() => setPending(false));
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b py-3 last:border-b-0">
      <CreditCard aria-hidden="true" className="size-5 shrink-0 text-muted" />
      <CardFacts card={card} />
      {mayManage ? (
        <div className="flex gap-2 max-sm:w-full max-sm:pl-9">
          {card.isDefault ? null : (
            <Button size="small" pending={pending} aria-label={t("makeDefaultOf", { card: name })} onClick={choose}>
              {t("makeDefault")}
            </Button>
          )}
          <Button size="small" variant="danger" aria-label={t("removeOf", { card: name })} onClick={onRemove}>
            {t("remove")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

type RemoveProps = { card: CardAnswer | null; onClose: () => void; remove: Action };

function RemoveDialog({ card, onClose, remove }: RemoveProps) {
  const t = useTranslations("payments.methods");
  const router = useRouter();
  const { labels } = useFacts();
  const name = card ? cardLabel(card) : "";
  const run = async () => {
    const answer = await remove({ id: card?.id, confirmed: true });
    if (answer.refusal) return refusalOf(answer);
    toast(t("removed", { card: name }), "success");
    router.refresh();
    return undefined;
  };
  return (
    <ConfirmDialog
      open={card !== null}
      onClose={onClose}
      title={t("asking.title", { card: name })}
      confirm={t("asking.confirm")}
      onConfirm={run}
    >
      {card?.usedBy.map((use) => (
        <p key={use} className="font-medium">
          {t(`asking.${use}`, { autoTopUp: labels.autoTopUp ?? "" })}
        </p>
      ))}
      <p>{t("asking.what")}</p>
    </ConfirmDialog>
  );
}

/** Saved cards: the default card, other uses, adding and removing. */
export function Methods({ cards, mayManage, actions }: Props) {
  const t = useTranslations("payments.methods");
  const { places, offered } = useFacts();
  const paths = usePaths();
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [removing, setRemoving] = useState<CardAnswer | null>(null);
  const add = async () => {
    setLeaving(true);
    const answer = await actions.add({});
    if (!answer.refusal) return window.location.assign(answer.value.redirect);
    setLeaving(false);
    toast(refusalOf(answer)?.problem ?? "", "error");
  };
  const setDefault = async (card: CardAnswer) => {
    const answer = await actions.setDefault({ id: card.id });
    if (answer.refusal) return void toast(refusalOf(answer)?.problem ?? "", "error");
    toast(t("madeDefault", { card: cardLabel(card) }), "success");
    router.refresh();
  };
  const button = mayManage ? (
    <Button variant="primary" pending={leaving} onClick={add}>
      {t("add")}
    </Button>
  ) : null;
  return (
    <Card aria-labelledby="methods" className="max-w-3xl">
      <CardHeader id="methods" title={places.paymentMethods.at(-1) ?? ""}>
        {cards.length > 0 ? button : null}
      </CardHeader>
      {cards.length > 0 ? (
        <ul>
          {cards.map((card) => (
            <CardRow
              key={card.id}
              card={card}
              mayManage={mayManage}
              onDefault={() => setDefault(card)}
              onRemove={() => setRemoving(card)}
            />
          ))}
        </ul>
      ) : (
        <Empty action={button}>{t("empty")}</Empty>
      )}
      <p className="mt-3 text-muted text-sm">
        {t("note")} {mayManage ? null : t("ownerOnly")}
      </p>
      {offered.autoTopUp ? (
        <Link href={paths.autoTopUp as Route} className={cn(buttonVariants({ variant: "ghost" }), "mt-2 -ml-3")}>
          {places.autoTopUp.at(-1)}
        </Link>
      ) : null}
      <RemoveDialog card={removing} onClose={() => setRemoving(null)} remove={actions.remove} />
    </Card>
  );
}
