"use client";
import { Meter } from "@/components/ui/meter";
import { Progress } from "@/components/ui/progress";
import { Stat } from "@/components/ui/stat";
import { Amount } from "@/components/values/amount";
import { Quantity } from "@/components/values/quantity";
import { Time } from "@/components/values/time";
import { Sample, Section } from "./section";

const AMOUNTS = ["53.129999999", "0.000435", "1234567.891", "0", "-1.234"] as const;
const TIMES = ["2026-11-21T13:31:04.000Z", "2026-11-19T22:05:11.000Z", "2025-11-03T08:00:00.000Z"] as const;

export function NumberSamples() {
  return (
    <Section title="Numbers and times">
      <Sample name="Amount as a balance, never shown larger" className="gap-x-6">
        {AMOUNTS.map((amount) => (
          <Amount key={amount} of={amount} kind="balance" />
        ))}
      </Sample>
      <Sample name="Amount as a cost, never shown smaller; signed" className="gap-x-6">
        {AMOUNTS.map((amount) => (
          <Amount key={amount} of={amount} signed />
        ))}
      </Sample>
      <Sample name="Quantity" className="gap-x-6">
        <Quantity of={1} meter="request" />
        <Quantity of={12_480} meter="request" />
        <Quantity of={2_310_001} meter="input_token" />
      </Sample>
      <Sample name="Time: today, this week, last year; with the clock" className="gap-x-6">
        {TIMES.map((at) => (
          <Time key={at} at={at} />
        ))}
        <Time at={TIMES[2]} precise />
      </Sample>
      <Sample name="Stat" className="items-start gap-x-10">
        <Stat label="Spent" value={<Amount of="12.3456" />} note="In 30 days" />
        <Stat label="Requests" value="12,480" />
      </Sample>
      <Sample name="Meter: all, a third, nothing left" className="grid gap-3">
        <Meter label="Plan credit, all" text="$20.00 of $20.00" share={1} />
        <Meter label="Plan credit, a third" text="$6.60 of $20.00" share={0.33} />
        <Meter label="Plan credit, none" text="$0.00 of $20.00" share={0} />
      </Sample>
      <Sample name="Progress: of a known length, of an unknown one, done" className="grid gap-4">
        <Progress label="Writing usage.csv" text="12,000 of 48,000 rows" share={0.25} />
        <Progress label="Writing transactions.csv" text="12,000 rows" share={null} />
        <Progress label="Writing prices.csv" text="480 of 480 rows" share={1} />
      </Sample>
    </Section>
  );
}
