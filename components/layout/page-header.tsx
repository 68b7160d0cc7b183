import type { ReactNode } from "react";

type Props = { title: string; description?: ReactNode; actions?: ReactNode };

/** The page's name, and at its right the primary button and its companions. */
export function PageHeader({ title, description, actions }: Props) {
  return (
    <header className="mb-4 flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-xl">{title}</h1>
        {description ? <p className="mt-1 text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
