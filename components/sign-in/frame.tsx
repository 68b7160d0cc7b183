import type { ReactNode } from "react";
import { OperatorMark } from "@/components/layout/operator-mark";
import { Card } from "@/components/ui/card";

type Props = { operator: { name: string; logo: string | null }; heading: string; children: ReactNode };

/** The card of a page that is seen before signing in, under the operator's sign. */
export function SignInFrame({ operator, heading, children }: Props) {
  return (
    <main className="grid min-h-dvh place-content-center p-4">
      <Card className="grid w-[min(24rem,calc(100vw-2rem))] gap-5 p-6">
        <div>
          <OperatorMark {...operator} size="large" className="mb-4" />
          <h1 className="font-semibold text-xl">{heading}</h1>
        </div>
        {children}
      </Card>
    </main>
  );
}
