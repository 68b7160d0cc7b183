"use client";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { type CardAnswer, cardLabel } from "@/lib/payments/schema";
import { Choice } from "./choice";

/** `card` null is a new one. */
export type PayWith = { card: string | null; save: boolean };
type Props = { cards: readonly CardAnswer[]; value: PayWith; onChange: (value: PayWith) => void };

const twoDigits = (month: number) => String(month).padStart(2, "0");

/** A saved card, or a new one, which may be saved. */
export function CardFields({ cards, value, onChange }: Props) {
  const t = useTranslations("payments.addFunds");
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 font-medium text-sm">{t("payWith")}</legend>
      {cards.map((card) => (
        <Choice
          key={card.id}
          name="card"
          value={card.id}
          checked={value.card === card.id}
          onChange={() => onChange({ ...value, card: card.id })}
        >
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 font-medium tabular-nums">
            {cardLabel(card)}
            {card.isDefault ? <Badge>{t("default")}</Badge> : null}
          </span>
          <span className="text-muted text-sm tabular-nums">
            {t("expires", { month: twoDigits(card.expMonth), year: String(card.expYear) })}
          </span>
        </Choice>
      ))}
      <Choice name="card" value="new" checked={value.card === null} onChange={() => onChange({ ...value, card: null })}>
        <span className="min-w-0">
          <span className="block font-medium">{t("newCard")}</span>
          <span className="block text-muted text-sm">{t("newCardHint")}</span>
        </span>
      </Choice>
      {value.card === null ? (
        <div className="pt-1 pl-3">
          <Checkbox checked={value.save} onCheckedChange={(save) => onChange({ ...value, save })}>
            {t("save")}
          </Checkbox>
        </div>
      ) : null}
    </fieldset>
  );
}
