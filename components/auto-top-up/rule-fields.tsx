"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { printDecimal } from "@/lib/kernel/print-amount";
import type { AutoTopUpFacts } from "./facts";
import { presetLabels, printPrice, type RuleText } from "./rule-quote";

type Props = Pick<AutoTopUpFacts, "offer" | "cards" | "standing"> & {
  rule: RuleText;
  onChange: (change: Partial<RuleText>) => void;
};

/** The catalogue's suggestions, each a whole rule in one click. */
export function Presets({ offer, rule, onChange }: Pick<Props, "offer" | "rule" | "onChange">) {
  const t = useTranslations("autoTopUp.form");
  const { unit } = useFacts();
  if (offer.presets.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium text-sm">{t("presets")}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {offer.presets.map((preset) => {
          const chosen =
            preset.threshold === rule.threshold &&
            (preset.pack === null ? preset.amount === rule.amount : preset.pack === rule.pack);
          return (
            <Button
              key={preset.name}
              aria-pressed={chosen}
              className="h-auto touch:h-auto min-h-11 flex-col items-start gap-0 whitespace-normal py-2 text-left aria-pressed:border-accent aria-pressed:bg-accent-soft"
              onClick={() =>
                onChange({ threshold: preset.threshold, amount: preset.amount ?? "", pack: preset.pack ?? "" })
              }
            >
              <span>{preset.name}</span>
              <span className="font-normal text-muted text-sm tabular-nums">
                {t("preset", presetLabels(preset, offer, unit))}
              </span>
            </Button>
          );
        })}
      </div>
    </fieldset>
  );
}

function PackField({ offer, rule, onChange }: Props) {
  const t = useTranslations("autoTopUp.form");
  const { unit } = useFacts();
  return (
    <Field name="pack" label={t("pack")}>
      <Select value={rule.pack} onChange={(event) => onChange({ pack: event.target.value })}>
        {offer.packs.map(({ id, name, ...pack }) => {
          const facts = { name, credit: printDecimal(pack.credit, unit).text, price: printPrice(pack.price, offer) };
          return (
            <option key={id} value={id}>
              {t(name === facts.credit ? "packNamedByCredit" : "packChoice", facts)}
            </option>
          );
        })}
      </Select>
    </Field>
  );
}

function CardField({ cards, rule, onChange }: Props) {
  const t = useTranslations("autoTopUp.form");
  const byDefault = cards.find(({ isDefault }) => isDefault);
  return (
    <Field name="paymentMethod" label={t("card")}>
      <Select value={rule.card} onChange={(event) => onChange({ card: event.target.value })}>
        {byDefault ? <option value="">{t("defaultCard", { card: byDefault.label })}</option> : null}
        {cards.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The fields of the rule: threshold, purchase, card and monthly limit. */
export function RuleFields(props: Props) {
  const { offer, standing, rule, onChange } = props;
  const t = useTranslations("autoTopUp.form");
  const { unit } = useFacts();
  const input = (field: "threshold" | "amount" | "cap") => ({
    inputMode: "decimal" as const,
    autoComplete: "off",
    value: rule[field],
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  const level = printDecimal(standing.level, unit, "balance").text;
  const limits = { least: printPrice(offer.least ?? "0", offer), most: printPrice(offer.most ?? "0", offer) };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field name="threshold" label={t("threshold")} hint={t("thresholdHint", { unit: unit.code, level })}>
        <Input {...input("threshold")} />
      </Field>
      {offer.by === "pack" ? (
        <PackField {...props} />
      ) : (
        <Field name="amount" label={t("amount")} hint={t("amountHint", limits)}>
          <Input {...input("amount")} />
        </Field>
      )}
      <CardField {...props} />
      <Field name="monthlyCap" label={t("cap")} hint={t("capHint", { currency: offer.currency.code })}>
        <Input {...input("cap")} />
      </Field>
    </div>
  );
}
