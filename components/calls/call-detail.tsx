"use client";
import { useTranslations } from "next-intl";
import { Burnt } from "@/components/ledger/burnt";
import { PriceLines } from "@/components/ledger/price-lines";
import { ExactAmount } from "@/components/values/exact-amount";
import { Quantity } from "@/components/values/quantity";
import { Time } from "@/components/values/time";
import type { UsageEventDetail } from "@/lib/usage/schema";
import { Fact, Id, Section } from "./call-detail-parts";
import { CallHold, CallRefunds } from "./call-trail";

type Props = { call: UsageEventDetail };

function Facts({ call }: Props) {
  const t = useTranslations("usage.detail");
  const list = (values: Record<string, string | boolean> | null) =>
    Object.entries(values ?? {}).map(([name, value]) => (
      <span key={name} className="block">
        {name}: {String(value)}
      </span>
    ));
  return (
    <dl className="border-line border-b">
      <Fact name={t("what")}>
        {call.endpoint} · {call.model}
      </Fact>
      <Fact name={t("quantities")}>
        {Object.entries(call.quantities).map(([meter, count]) => (
          <span key={meter} className="block">
            <Quantity of={count} meter={meter} />
          </span>
        ))}
      </Fact>
      {call.options && Object.keys(call.options).length > 0 ? (
        <Fact name={t("options")}>{list(call.options)}</Fact>
      ) : null}
      {call.tags && Object.keys(call.tags).length > 0 ? <Fact name={t("tags")}>{list(call.tags)}</Fact> : null}
      {call.resource ? (
        <Fact name={t("resource")}>
          {call.resource.type} {call.resource.id}
        </Fact>
      ) : null}
      {call.usage === "reported" ? null : <Fact name={t("usage")}>{t(`usageOf.${call.usage}`)}</Fact>}
      {call.unfunded === "0" ? null : (
        <Fact name={t("unfunded")}>
          <ExactAmount of={call.unfunded} />
        </Fact>
      )}
      {call.keyName ? <Fact name={t("key")}>{call.keyName}</Fact> : null}
      <Fact name={t("posted")}>
        <Time at={call.postedAt} full />
      </Fact>
    </dl>
  );
}

function Ids({ call }: Props) {
  const t = useTranslations("usage.detail");
  return (
    <dl className="border-line border-b">
      <Id name={t("id")} id={call.id} />
      {call.transaction ? <Id name={t("transaction")} id={call.transaction} /> : null}
      {call.hold ? <Id name={t("holdId")} id={call.hold.id} /> : null}
      {call.key ? <Id name={t("keyId")} id={call.key} /> : null}
      {call.reverses ? <Id name={t("reverses")} id={call.reverses} /> : null}
    </dl>
  );
}

/** All facts of a call: quantities, price, hold, the credit that paid, and refunds. */
export function CallDetail({ call }: Props) {
  const t = useTranslations("usage.detail");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div>
        <p className="flex items-baseline gap-2">
          {call.reverses ? <span className="text-good">{t("refundTitle")}</span> : null}
          <ExactAmount of={call.cost} className="font-medium text-2xl" />
        </p>
        <p className="text-muted">
          <Time at={call.occurredAt} full />
        </p>
      </div>
      <Facts call={call} />
      <Section title={t("price")}>
        <PriceLines
          lines={call.lines}
          version={call.version}
          cost={call.cost}
          waived={call.waived}
          discountPercent={call.discountPercent}
        />
      </Section>
      <CallHold call={call} />
      {call.reverses ? null : (
        <Section title={t("credit")}>
          {call.transaction ? <Burnt entries={call.entries} /> : <p className="text-muted">{t("free")}</p>}
        </Section>
      )}
      <CallRefunds call={call} />
      <Section title={t("ids")}>
        <Ids call={call} />
      </Section>
    </div>
  );
}
