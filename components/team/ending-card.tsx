"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { FormRefusal } from "@/components/ui/form";

type Row = { key: string; name: string; details: ReactNode; endLabel: string };

type Props<Item> = {
  title: string;
  intro?: string;
  items: readonly Item[];
  rowOf: (item: Item) => Row;
  /** What the button of a row says, and the button of the question. */
  button: string;
  questionOf: (item: Item | null) => { title: string; text: string };
  /** Null if the viewer may not end any of them. */
  onEnd: ((item: Item) => Promise<FormRefusal | undefined>) | null;
};

/** A list whose rows can be ended one by one, after a question. */
export function EndingCard<Item>({ title, intro, items, rowOf, button, questionOf, onEnd }: Props<Item>) {
  const [ending, setEnding] = useState<Item | null>(null);
  const question = questionOf(ending);
  return (
    <Card aria-label={title}>
      <CardHeader title={title} />
      {intro ? <p className="mb-2 text-muted text-sm">{intro}</p> : null}
      <ul>
        {items.map((item) => {
          const { key, name, details, endLabel } = rowOf(item);
          return (
            <li
              key={key}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b py-2 last:border-b-0"
            >
              <div className="min-w-0">
                <p className="wrap-anywhere font-medium">{name}</p>
                <p className="text-muted text-sm">{details}</p>
              </div>
              {onEnd ? (
                <Button aria-label={endLabel} size="small" onClick={() => setEnding(item)}>
                  {button}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onClose={() => setEnding(null)}
        title={question.title}
        confirm={button}
        onConfirm={async () => (ending === null ? undefined : onEnd?.(ending))}
      >
        <p className="wrap-anywhere">{question.text}</p>
      </ConfirmDialog>
    </Card>
  );
}
