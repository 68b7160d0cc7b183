"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { type Action, refusalOf } from "@/components/actions/action";
import { useRecommended } from "@/components/balance/recommended";
import { useFacts } from "@/components/context/facts";
import { useBalance } from "@/components/data/queries";
import { Card, CardHeader } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import type { BalanceAnswer } from "@/lib/ledger/schema";
import { type CardAnswer, cardLabel } from "@/lib/payments/schema";
import type { TopUpAnswer } from "@/lib/topup/schema";
import { AmountFields } from "./amount-fields";
import { CardFields, type PayWith } from "./card-fields";
import { type PurchaseInput, quoteOf, type Shop } from "./offers";

type Props = {
  title: string;
  shop: Shop;
  cards: readonly CardAnswer[];
  balance: BalanceAnswer;
  first: PurchaseInput;
  /** The reader came back from the provider's page without paying. */
  canceled: boolean;
  action: Action<TopUpAnswer>;
};

/** The fields keep their own state: what is sent is what the note under the button says. */
const anything = z.looseObject({});

/** The charge, the card, and the balance afterwards. */
function useNote({ shop, cards, balance: initial }: Props, wanted: PurchaseInput, pay: PayWith) {
  const t = useTranslations("payments.addFunds");
  const { unit } = useFacts();
  const { data: balance = initial } = useBalance(initial);
  const quote = quoteOf(shop, wanted, balance.available, unit);
  if (!quote) return { submit: t("submitPlain"), note: t("noteEmpty") };
  const card = cards.find(({ id }) => id === pay.card);
  const facts = { price: quote.price, balance: quote.after };
  const note = card ? t("noteCard", { ...facts, card: cardLabel(card) }) : t("noteNew", facts);
  return { submit: t("submit", { amount: wanted.pack === null ? quote.price : quote.credit }), note };
}

/** Buying credit: the amount, the card, and a preview of the effect. */
export function AddFunds(props: Props) {
  const { title, shop, cards, first, canceled, action } = props;
  const t = useTranslations("payments.addFunds");
  const recommended = useRecommended();
  const router = useRouter();
  const [wanted, setWanted] = useState(first);
  const [pay, setPay] = useState<PayWith>({ card: cards[0]?.id ?? null, save: false });
  // The same form sent twice is one payment; another purchase, or another try after a refusal, is another one.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { submit, note } = useNote(props, wanted, pay);
  const renew =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setKey(crypto.randomUUID());
    };
  const send = async () => {
    const { card, save } = pay;
    const what = wanted.pack === null ? { amount: wanted.text } : { pack: wanted.pack };
    const answer = await action({ key, ...what, ...(card === null ? { saveCard: save } : { card }) });
    if (answer.refusal) {
      if (answer.refusal.code === "payment_required") setKey(crypto.randomUUID());
      return refusalOf(answer);
    }
    const { redirect } = answer.value;
    if (redirect.startsWith("/")) router.push(redirect as Route);
    else window.location.assign(redirect);
    return new Promise<undefined>(() => undefined);
  };
  return (
    <Card aria-labelledby="add-funds" className="max-w-2xl">
      <CardHeader id="add-funds" title={title} />
      {canceled ? (
        <p role="status" className="mb-4 rounded-control bg-control px-3 py-2 text-sm">
          {t("canceled")}
        </p>
      ) : null}
      <Form schema={anything} onSubmit={send} submit={submit} note={note} className="gap-6">
        <AmountFields shop={shop} wanted={wanted} onWant={renew(setWanted)} />
        <CardFields cards={cards} value={pay} onChange={renew(setPay)} />
      </Form>
      <p className="mt-3 text-muted text-sm">
        {t("never")} {recommended}
      </p>
    </Card>
  );
}
