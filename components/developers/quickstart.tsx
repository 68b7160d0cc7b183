"use client";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useId, useState } from "react";
import { useFacts } from "@/components/context/facts";
import { Card, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { Input } from "@/components/ui/input";
import { Segments } from "@/components/ui/segments";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { CallForm } from "./call-form";
import { CUSTOMER_TASKS, customerTasks, LANGUAGES, type SelfRoute, snippet, type Task } from "./snippets";
import { useCall } from "./use-call";

const AUDIENCES = ["you", "gateway"] as const;
const CREDENTIAL = { sk: /^sk_[\w-]{20,80}$/, gw: /^gw_[\w-]{20,80}$/ };

type CredentialProps = { kind: "sk" | "gw"; value: string; onChange: (value: string) => void; hint: string | null };

/** Stays in this page's memory: it is put into the text below and goes nowhere else. */
function Credential({ kind, value, onChange, hint }: CredentialProps) {
  const t = useTranslations("developers.quickstart");
  const id = useId();
  const wrong = value !== "" && !CREDENTIAL[kind].test(value);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {t(`credential.${kind}`)}
      </label>
      <Input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value.trim())}
        placeholder={`${kind}_…${hint ?? ""}`}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        className="font-mono text-sm"
      />
      <p id={`${id}-hint`} className={wrong ? "text-critical text-sm" : "text-muted text-sm"}>
        {wrong ? t(`wrong.${kind}`) : t("memory")}
      </p>
    </div>
  );
}

type CustomerTask = (typeof CUSTOMER_TASKS)[number];
type TasksProps = { tasks: readonly CustomerTask[]; asked: CustomerTask; onAsk: (task: CustomerTask) => void };

function Tasks({ tasks, asked, onAsk }: TasksProps) {
  const t = useTranslations("developers.quickstart");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 font-medium text-sm">{t("ask")}</legend>
      {tasks.map((value) => (
        <label key={value} className="flex min-h-9 items-center gap-3 rounded-control px-2 hover:bg-control">
          <input
            type="radio"
            name="ask"
            checked={asked === value}
            onChange={() => onAsk(value)}
            className="accent-accent"
          />
          <span>
            {t(`task.${value}`)}
            <code translate="no" className="block font-mono text-muted text-xs">
              {t(`route.${value}`)}
            </code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const shown = (kind: "sk" | "gw", typed: string, hint: string | null) =>
  CREDENTIAL[kind].test(typed) ? typed : `${kind}_…${hint ?? ""}`;

type Props = { url: string; hint: string | null; prices: readonly ListedPrice[]; self: SelfRoute | null };

/** Programs that run: the installation's own address, the reader's own key. */
export function Quickstart({ url, hint, prices, self }: Props) {
  const t = useTranslations("developers.quickstart");
  const [audience, setAudience] = useQueryState("for", parseAsStringLiteral(AUDIENCES).withDefault("you"));
  const [asked, setTask] = useQueryState("ask", parseAsStringLiteral(CUSTOMER_TASKS).withDefault("balance"));
  const [language, setLanguage] = useQueryState("in", parseAsStringLiteral(LANGUAGES).withDefault("curl"));
  const [key, setKey] = useState("");
  const [secret, setSecret] = useState("");
  const { meters } = useFacts();
  const chosen = useCall(prices);
  if (!chosen.call) return null;
  const tasks = customerTasks(self);
  const known = tasks.includes(asked) ? asked : "balance";
  const task: Task = audience === "gateway" ? "gateway" : known;
  const credentials = { key: shown("sk", key, hint), secret: shown("gw", secret, null) };
  const text = snippet(task, language, { url, ...credentials, call: chosen.call, self });
  const priced = task === "quote" || task === "gateway";
  return (
    <div className="grid gap-4">
      <div>
        <Segments
          label={t("audience.label")}
          value={audience}
          options={AUDIENCES.map((value) => ({ value, label: t(`audience.${value}`) }))}
          onChange={(value) => void setAudience(value)}
        />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <Card className="grid gap-5">
          <p className="text-muted">{t(`lead.${audience}`)}</p>
          {audience === "you" ? (
            <Tasks tasks={tasks} asked={known} onAsk={(value) => void setTask(value)} />
          ) : (
            <Credential kind="gw" value={secret} onChange={setSecret} hint={null} />
          )}
          <Credential kind="sk" value={key} onChange={setKey} hint={hint} />
          {priced ? <CallForm prices={prices} meters={meters} chosen={chosen} /> : null}
        </Card>
        <Card>
          <CardHeader title={t(`title.${task}`)}>
            <Segments
              label={t("language")}
              value={language}
              options={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
              onChange={(value) => void setLanguage(value)}
            />
          </CardHeader>
          <Code text={text} what={t("snippet")} copy />
          <p className="mt-3 text-muted text-sm">{t(`note.${task}`)}</p>
        </Card>
      </div>
    </div>
  );
}
