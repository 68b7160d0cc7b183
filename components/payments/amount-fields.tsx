"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LiveText } from "@/components/ui/live-text";
import { formatMinor } from "@/lib/kernel/minor-units";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printMoney } from "@/lib/kernel/print-money";
import { Choice } from "./choice";
import { type PurchaseInput, packRate, type Shop } from "./offers";

type Props = { shop: Shop; wanted: PurchaseInput; onWant: (wanted: PurchaseInput) => void };

/** Amounts that are often bought, and any other between the least and the most. */
function Amounts({ shop, wanted, onWant }: Props) {
  const t = useTranslations("payments.addFunds");
  const { payment, topUp } = shop;
  if (!topUp) return null;
  const texts = topUp.presets.map((minor) => formatMinor(BigInt(minor), payment.digits).replace(/\.0+$/, ""));
  const print = (minor: string) => printMoney(minor, payment);
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-2 font-medium text-sm">{t("amount")}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {texts.map((text, index) => (
          <Choice
            key={text}
            name="preset"
            value={text}
            checked={wanted.text === text}
            onChange={() => onWant({ text, pack: null })}
          >
            <span className="font-medium tabular-nums">{print(topUp.presets[index] ?? "0").replace(/\.0+$/, "")}</span>
          </Choice>
        ))}
      </div>
      <Field
        name="amount"
        label={t("otherLabel", { currency: payment.currency })}
        hint={t("between", { least: print(topUp.minimum), most: print(topUp.maximum) })}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="sm:max-w-48"
          value={wanted.text}
          onChange={(event) => onWant({ text: event.target.value, pack: null })}
        />
      </Field>
    </fieldset>
  );
}

function Packs({ shop, wanted, onWant }: Props) {
  const t = useTranslations("payments.addFunds");
  const { unit } = useFacts();
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 font-medium text-sm">{t("pack")}</legend>
      {shop.packs.map(({ id, name, credit, price, note, popular }) => (
        <Choice
          key={id}
          name="pack"
          value={id}
          checked={wanted.pack === id}
          onChange={() => onWant({ text: "", pack: id })}
        >
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2 font-medium">
              {name}
              {popular ? <Badge>{t("popular")}</Badge> : null}
            </span>
            <span className="block text-muted text-sm">
              <LiveText>
                {[
                  // A pack that is named by its credit says it once.
                  ...(name === printDecimal(credit, unit).text
                    ? []
                    : [t("brings", { credit: printDecimal(credit, unit).text })]),
                  t("ratePer", packRate({ credit, price }, shop, unit)),
                  ...(note ? [note] : []),
                ].join(" · ")}
              </LiveText>
            </span>
          </span>
          <span className="font-medium tabular-nums" translate="no">
            {printMoney(price, shop.payment)}
          </span>
        </Choice>
      ))}
    </fieldset>
  );
}

/** The purchase: an amount, or a pack if packs are sold. */
export function AmountFields(props: Props) {
  return (
    <>
      {props.shop.packs.length > 0 ? <Packs {...props} /> : null}
      {props.shop.topUp ? <Amounts {...props} /> : null}
    </>
  );
}
