import type { ReactNode } from "react";
import { Button } from "./button";

/** Nothing there yet: one sentence, and what to do. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="grid min-h-24 place-content-center text-center text-muted">{children}</p>;
}

/** Something could not be loaded; reading never charges or changes anything. */
export function LoadError({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <div role="alert" className="grid min-h-24 place-content-center justify-items-center gap-3 text-center">
      <p>{what} could not be loaded. Nothing was charged or changed.</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
