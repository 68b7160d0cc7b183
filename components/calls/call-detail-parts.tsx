"use client";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h3 className="font-medium">{title}</h3>
      {children}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-line border-t py-2">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 break-words text-right">{children}</dd>
    </div>
  );
}

/** An id in full, to copy. */
export function Id({ name, id }: { name: string; id: string }) {
  return (
    <Fact name={name}>
      <span className="flex items-center justify-end gap-1">
        <code translate="no" className="min-w-0 truncate font-mono text-sm" title={id}>
          {id}
        </code>
        <CopyButton text={id} what={name} />
      </span>
    </Fact>
  );
}
