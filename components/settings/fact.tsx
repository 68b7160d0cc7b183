import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";

export function Fact({ label, note, children }: { label: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b py-3 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[200px_1fr]">
      <dt className="text-muted sm:pt-1">{label}</dt>
      <dd className="min-w-0 sm:pt-1 [overflow-wrap:anywhere]">
        {children}
        {note ? <p className="text-muted text-sm">{note}</p> : null}
      </dd>
    </div>
  );
}

type Props = { title: string; aside?: ReactNode; foot?: ReactNode; children: ReactNode };

/** A card of settings, each with its name before it. */
export function Section({ title, aside, foot, children }: Props) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title}>{aside}</CardHeader>
      <dl>{children}</dl>
      {foot}
    </Card>
  );
}
