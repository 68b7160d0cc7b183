"use client";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { DateRange } from "@/components/ui/date-range";
import type { DateSpan } from "@/components/ui/date-span";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Tabs } from "@/components/ui/tabs";
import { Sample, Section } from "./section";

const MODELS = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4", "a model whose name is longer than its field is wide"];
const OPTIONS = MODELS.map((model) => ({ value: model, label: model }));
const INTERVALS = ["hour", "day", "week", "month"] as const;
type Interval = (typeof INTERVALS)[number];

function Inputs() {
  return (
    <>
      <Sample name="Input: empty, filled, refused, disabled">
        <Input aria-label="Name, empty" placeholder="production" className="w-44" />
        <Input aria-label="Name, filled" defaultValue="production" className="w-44" />
        <Input aria-label="Name, refused" aria-invalid defaultValue="production" className="w-44" />
        <Input aria-label="Name, disabled" disabled defaultValue="production" className="w-44" />
      </Sample>
      <Sample name="Select: usual, disabled">
        <Select aria-label="Role">
          <option>Owner</option>
          <option>Admin</option>
        </Select>
        <Select aria-label="Role, disabled" disabled>
          <option>Owner</option>
        </Select>
      </Sample>
      <Sample name="Checkbox: off, on, disabled">
        <Checkbox>Off</Checkbox>
        <Checkbox defaultChecked>On</Checkbox>
        <Checkbox disabled>Disabled</Checkbox>
        <Checkbox disabled defaultChecked>
          Disabled, on
        </Checkbox>
      </Sample>
      <Sample name="Switch: off, on, disabled">
        <Switch aria-label="Off" />
        <Switch aria-label="On" defaultChecked />
        <Switch aria-label="Disabled" disabled />
        <Switch aria-label="Disabled, on" disabled defaultChecked />
      </Sample>
    </>
  );
}

function Choices() {
  const [model, setModel] = useState<string | null>("gpt-4o");
  const [other, setOther] = useState<string | null>(null);
  const [span, setSpan] = useState<DateSpan | null>(null);
  const [interval, setInterval] = useState<Interval>("day");
  const print = ({ from, to }: DateSpan) => `${from} to ${to}`;
  return (
    <>
      <Sample name="Combobox: chosen, empty">
        <Combobox label="Model" options={OPTIONS} value={model} onChange={setModel} />
        <Combobox label="Other model" options={OPTIONS} value={other} onChange={setOther} placeholder="Any model" />
      </Sample>
      <Sample name="DateRange: nothing chosen, chosen">
        <DateRange
          label="Dates"
          placeholder="Choose dates"
          value={span}
          onChange={setSpan}
          latest="2026-11-21"
          print={print}
        />
        <DateRange
          label="Other dates"
          placeholder="Choose dates"
          value={span ?? { from: "2026-11-03", to: "2026-11-12" }}
          onChange={setSpan}
          latest="2026-11-21"
          print={print}
        />
      </Sample>
      <Sample name="Segments">
        <Segments<Interval>
          label="Interval"
          value={interval}
          onChange={setInterval}
          options={INTERVALS.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1) }))}
        />
      </Sample>
      <Sample name="Tabs" className="block">
        <Tabs
          label="Snippet"
          tabs={[
            { value: "curl", label: "curl", content: "The call on the command line." },
            { value: "python", label: "Python", content: "The call from Python." },
            { value: "typescript", label: "TypeScript", content: "The call from TypeScript." },
          ]}
        />
      </Sample>
    </>
  );
}

export function FieldSamples() {
  return (
    <Section title="Fields and choices">
      <Inputs />
      <Choices />
    </Section>
  );
}
