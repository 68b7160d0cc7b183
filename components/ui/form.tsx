"use client";
import { Form as Base } from "@base-ui/react/form";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { Button } from "./button";
import { cn } from "./class-names";

/** The server's problems: of fields by their names, and general ones. */
export type FormRefusal = { errors?: Record<string, string>; problem?: string };

type Props<Schema extends z.ZodType> = {
  /** The schema that the server checks with, too. */
  schema: Schema;
  /** Called with the schema's output; returns a refusal, or nothing on success. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing is the usual one.
  onSubmit: (values: z.output<Schema>) => Promise<FormRefusal | void>;
  /** The button's text: the effect, before the click. */
  submit: string;
  /** It removes something permanently. */
  danger?: boolean;
  /** What the click will do, in a sentence. */
  note?: ReactNode;
  /** Further buttons beside the primary one. */
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** Fields by name; an empty one was not given. Several with one name become a list. */
function valuesOf(form: HTMLFormElement): Record<string, unknown> {
  const data = new FormData(form);
  const entries = [...new Set(data.keys())].map((name): [string, unknown] => {
    const given = data.getAll(name).filter((value) => value !== "");
    return [name, given.length > 1 ? given : given[0]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Plain messages for issues for which the schema has no message of its own. */
function useIssueText(): (issue: z.core.$ZodRawIssue) => string {
  const t = useTranslations("ui");
  return (issue) => {
    if (issue.input === undefined || issue.input === "") return t("fieldMissing");
    if (issue.code === "too_big" && issue.origin === "string") return t("fieldLong", { count: Number(issue.maximum) });
    if (issue.code === "too_big") return t("fieldMost", { most: String(issue.maximum) });
    if (issue.code === "too_small" && issue.origin !== "string")
      return t("fieldLeast", { least: String(issue.minimum) });
    if (issue.code === "invalid_format" && issue.format === "email") return t("fieldEmail");
    return t("fieldWrong");
  };
}

function errorsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  // Shows the first of several problems of one field.
  return Object.fromEntries([...issues].reverse().map((issue) => [String(issue.path[0] ?? ""), issue.message]));
}

/** Checks like the server, shows the problem at the field, and keeps the typed text. */
export function Form<Schema extends z.ZodType>(props: Props<Schema>) {
  const { schema, onSubmit, submit, danger = false, note, actions, className, children } = props;
  const t = useTranslations("ui");
  const issueText = useIssueText();
  const [refusal, setRefusal] = useState<FormRefusal>({});
  const [pending, setPending] = useState(false);
  const sending = useRef(false);
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const wrong = Object.keys(refusal.errors ?? {});
    const controls = [...(place.current?.elements ?? [])] as HTMLInputElement[];
    controls.find((control) => wrong.includes(control.name))?.focus();
  }, [refusal]);

  const send = async (form: HTMLFormElement) => {
    if (sending.current) return;
    const checked = schema.safeParse(valuesOf(form), { error: issueText });
    if (!checked.success) {
      setRefusal({ errors: errorsOf(checked.error.issues) });
      return;
    }
    sending.current = true;
    setPending(true);
    try {
      setRefusal((await onSubmit(checked.data)) ?? {});
    } catch {
      setRefusal({ problem: t("formFailed") });
    } finally {
      sending.current = false;
      setPending(false);
    }
  };

  return (
    <Base
      ref={place}
      noValidate
      errors={refusal.errors ?? {}}
      // Caught on its way down: the schema alone judges. Below, the browser's own rules and messages would come first,
      // and a form that was refused could not be sent again as it is.
      onSubmitCapture={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void send(event.currentTarget);
      }}
      className={cn("grid gap-4", className)}
    >
      {children}
      <p role="alert" className="rounded-control bg-critical-soft px-3 py-2 text-critical text-sm empty:hidden">
        {refusal.problem ?? refusal.errors?.[""]}
      </p>
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant={danger ? "danger" : "primary"} pending={pending}>
            {submit}
          </Button>
          {actions}
        </div>
        {note ? <p className="text-muted text-sm">{note}</p> : null}
      </div>
    </Base>
  );
}
