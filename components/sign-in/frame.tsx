import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

type Props = { operator: { name: string; logo: string | null }; heading: string; children: ReactNode };

/** The card of a page that is seen before signing in, under the operator's sign. */
export function SignInFrame({ operator, heading, children }: Props) {
  return (
    <main className="grid min-h-dvh place-content-center p-4">
      <Card className="grid w-[min(24rem,calc(100vw-2rem))] gap-5 p-6">
        <div>
          {operator.logo ? (
            // biome-ignore lint/performance/noImgElement: the optimizer is off, and a logo is one small file.
            <img src={operator.logo} alt="" className="mb-4 size-9 rounded-[9px] object-contain" />
          ) : (
            <span
              aria-hidden="true"
              className="mb-4 grid size-9 place-content-center rounded-[9px] bg-accent font-semibold text-lg text-on-accent"
            >
              {operator.name.slice(0, 1)}
            </span>
          )}
          <h1 className="font-semibold text-xl">{heading}</h1>
        </div>
        {children}
      </Card>
    </main>
  );
}
