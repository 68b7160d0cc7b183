import type { ReactNode } from "react";
import type { Facts } from "@/components/facts";
import { Providers } from "@/components/providers";
import { Shell } from "@/components/shell/shell";
import { currentPortal } from "@/lib/adapters/portal/page";
import { balance, balanceAnswer } from "@/lib/ledger";
import { signOutAction } from "./actions";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const portal = await currentPortal();
  // The page itself sends whoever is not signed in to sign in, and then back to where they wanted to go.
  if (!portal) return children;
  const { ctx, session, catalogue } = portal;
  const { user, organization } = session;
  const now = await balance(ctx);
  const { balance: label, plan, purchased, promotional, payg } = catalogue.labels;
  const facts: Facts = {
    unit: catalogue.unit,
    timeZone: organization.timeZone,
    now: ctx.now.toISOString(),
    meters: Object.fromEntries(catalogue.meters.map(({ name, label, singular }) => [name, { label, singular }])),
    endpoints: [...new Set(catalogue.prices.map((price) => price.endpoint))],
    models: [...new Set(catalogue.prices.map((price) => price.model))],
    planName: now.plan && (catalogue.planIndex.get(now.plan.id)?.name ?? null),
    labels: { balance: label, plan, purchased, promotional, payg },
  };
  return (
    <Providers facts={facts}>
      <Shell
        operator={catalogue.operator.name}
        organization={organization.name}
        email={user.email}
        balance={balanceAnswer(now, catalogue)}
        signOut={signOutAction}
      >
        {children}
      </Shell>
    </Providers>
  );
}
