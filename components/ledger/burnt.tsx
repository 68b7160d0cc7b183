"use client";
import { useTranslations } from "next-intl";
import { ExactAmount } from "@/components/values/exact-amount";
import { type Entry, sumEntries } from "./entry-sums";
import { expiryLabel, grantName } from "./grant-labels";
import { useSetting } from "./use-setting";
import { usedSentences } from "./used";

/** A name such as "the top-up of …" starts with a capital when it stands alone. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Row({ name, note, amount }: { name: string; note: string; amount: string }) {
  return (
    <li className="flex items-baseline justify-between gap-4 border-line border-t py-2">
      <span className="min-w-0">
        {name}
        <span className="block text-muted text-sm">{note}</span>
      </span>
      <ExactAmount of={amount} />
    </li>
  );
}

/** The credit that a call used: the sentence, then every grant with its amount, and the debt. */
export function Burnt({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations("ledger");
  const setting = useSetting();
  const { lost, becameDebt } = sumEntries(entries, setting.unit.scale);
  const sentences = usedSentences(entries, setting);
  if (sentences.length === 0) return <p className="text-muted">{t("used.nothing")}</p>;
  return (
    <div className="grid gap-3">
      <p>{sentences.join(" ")}</p>
      <ul className="border-line border-b">
        {lost.map(({ grant, amount }) => (
          <Row
            key={grant.id}
            name={capital(grantName(grant, setting))}
            note={expiryLabel(grant, setting)}
            amount={amount}
          />
        ))}
        {becameDebt ? <Row name={t("debt")} note={t("debtNote")} amount={becameDebt} /> : null}
      </ul>
    </div>
  );
}
