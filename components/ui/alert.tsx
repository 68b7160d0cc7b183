import { OctagonAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = {
  title: ReactNode;
  children: ReactNode;
  /** A button or a link, beside the text where there is room. */
  action?: ReactNode;
  className?: string;
};

/** Something is wrong with money and waits for a person: what happened, what follows, and the one thing to do. */
export function Alert({ title, children, action, className }: Props) {
  return (
    <section
      role="alert"
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-critical/40 bg-critical-soft px-5 py-4",
        className,
      )}
    >
      <OctagonAlert aria-hidden="true" className="size-5 shrink-0 text-critical" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-critical">{title}</p>
        <div className="text-sm">{children}</div>
      </div>
      {action}
    </section>
  );
}
