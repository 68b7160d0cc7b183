"use client";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { refusalOf } from "@/components/actions/action";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { Button, buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { PermissionNote } from "@/components/ui/permission-note";
import { toast } from "@/components/ui/toast";
import { allows } from "@/lib/kernel/permissions";
import { setAutoTopUpSchema } from "@/lib/topup/schema";
import type { AutoTopUpFacts } from "./facts";
import { Presets, RuleFields } from "./rule-fields";
import { quoteOf, type RuleText } from "./rule-quote";

/** The rule that stands, else the first suggestion with the catalogue's limit. */
function firstText({ standing, offer }: AutoTopUpFacts): RuleText {
  const { rule } = standing;
  const [preset] = offer.presets;
  if (rule) {
    const { threshold, amount, pack, paymentMethod, capText } = rule;
    return { threshold, amount: amount ?? "", pack: pack ?? "", card: paymentMethod ?? "", cap: capText ?? "" };
  }
  return {
    threshold: preset?.threshold ?? "",
    amount: preset?.amount ?? offer.least ?? "",
    pack: preset?.pack ?? offer.packs[0]?.id ?? "",
    card: "",
    cap: offer.monthlyCap ?? "",
  };
}

const REFUSED: (string | null)[] = ["declined", "suspended", "authentication_required"];

/** Not while a payment is being made, nor with the card that was refused, nor while a dispute stops it. */
function takesEffectNow({ state, reason, rule }: AutoTopUpFacts["standing"], { card }: RuleText): boolean {
  if (reason === "disputed") return false;
  return state !== "charging" && !(REFUSED.includes(reason) && card === (rule?.paymentMethod ?? ""));
}

/** The effect, in sentences. */
function useNote({ standing, offer, cards }: AutoTopUpFacts, rule: RuleText): string {
  const t = useTranslations("autoTopUp.form");
  const { unit } = useFacts();
  const quote = quoteOf(rule, offer, standing.level, unit, BigInt(standing.month.charged.amount));
  const card = cards.find(({ id, isDefault }) => (rule.card === "" ? isDefault : id === rule.card));
  if (!quote || !card) return t("noteEmpty");
  const { threshold, price, pack, cap, now } = quote;
  const facts = { threshold, price, card: card.label };
  return [
    pack === null ? t("noteAmount", facts) : t("notePack", { ...facts, pack }),
    cap === null ? t("noteNoCap") : t("noteCap", { cap }),
    ...(now && takesEffectNow(standing, rule) ? [t("noteNow", { price })] : []),
  ].join(" ");
}

function SwitchOff({ facts, onDone }: { facts: AutoTopUpFacts; onDone: () => void }) {
  const t = useTranslations("autoTopUp.form");
  const [pending, setPending] = useState(false);
  const run = async () => {
    setPending(true);
    const answer = await facts.actions.switchOff({});
    setPending(false);
    if (answer.refusal) toast(refusalOf(answer)?.problem ?? "", "error");
    else onDone();
  };
  return (
    <Button variant="danger" pending={pending} onClick={run}>
      {t("switchOff", { label: facts.label })}
    </Button>
  );
}

function RuleForm({ facts }: { facts: AutoTopUpFacts }) {
  const { label, standing, offer, actions } = facts;
  const t = useTranslations("autoTopUp.form");
  const router = useRouter();
  const [rule, setRule] = useState(() => firstText(facts));
  const note = useNote(facts, rule);
  const change = (part: Partial<RuleText>) => setRule((now) => ({ ...now, ...part }));
  const done = (words: string) => {
    toast(words, "success");
    router.refresh();
  };
  return (
    <Form
      schema={setAutoTopUpSchema}
      submit={standing.enabled ? t("save") : t("switchOn", { label })}
      note={note}
      className="gap-6"
      actions={standing.enabled ? <SwitchOff facts={facts} onDone={() => done(t("off", { label }))} /> : null}
      onSubmit={async (values) => {
        const answer = await actions.set(values);
        if (answer.refusal) return refusalOf(answer);
        done(t("saved", { label }));
      }}
    >
      <Presets offer={offer} rule={rule} onChange={change} />
      <RuleFields {...facts} rule={rule} onChange={change} />
    </Form>
  );
}

/** When credit is bought and how much, to set and to switch off. */
export function RuleCard({ facts }: { facts: AutoTopUpFacts }) {
  const paths = usePaths();
  const { standing, cards, mayBuy, reader } = facts;
  const t = useTranslations("autoTopUp.form");
  const act = useTranslations("autoTopUp.do");
  const link = (href: string, text: string) => (
    <Link href={href as Route} className={buttonVariants({ variant: "primary", className: "justify-self-start" })}>
      {text}
    </Link>
  );
  const form = () => {
    if (!allows(reader.role, "billing.manage")) return <PermissionNote>{t("ownerOnly")}</PermissionNote>;
    // A rule that stands can be changed and switched off whatever is missing; the server says what.
    if (standing.enabled || (mayBuy && cards.length > 0)) return <RuleForm facts={facts} />;
    return (
      <div className="grid gap-3">
        <p className="text-muted">{mayBuy ? t("noCard") : t("planOnly")}</p>
        {mayBuy ? link(paths.paymentMethods, act("addCard")) : link(paths.subscription, act("plan"))}
      </div>
    );
  };
  return (
    <Card aria-labelledby="rule" className="lg:col-span-8">
      <CardHeader id="rule" title={facts.label} />
      {form()}
    </Card>
  );
}
