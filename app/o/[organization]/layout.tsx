import { cookies } from "next/headers";
import type { Facts } from "@/components/context/facts";
import { Providers } from "@/components/layout/providers";
import { Shell } from "@/components/shell/shell";
import { SIDEBAR_COOKIE } from "@/components/shell/sidebar-cookie";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { currentBalance, currentPortal } from "@/lib/adapters/portal/page";
import { organizationPublicId } from "@/lib/kernel/ids";
import { allows } from "@/lib/kernel/permissions";
import { balanceAnswer, soldTo } from "@/lib/ledger";
import { signOutAction } from "./actions";
import { claimOrganizationAction, createOrganizationAction } from "./settings/actions";

export default async function PortalLayout({ params, children }: LayoutProps<"/o/[organization]">) {
  const portal = await currentPortal({ params });
  // The page itself sends a visitor without a session to sign in, and then back to this address.
  if (!portal) return children;
  const { ctx, session, catalogue } = portal;
  const { user, organization } = session;
  const organizationId = organizationPublicId(ctx.organizationId);
  const now = await currentBalance(portal);
  const { balance: label, plan, purchased, promotional, payg, prices } = catalogue.labels;
  const sold = catalogue.topUp || catalogue.packs.length > 0 ? catalogue.labels.topUp : null;
  const offered = catalogue.autoTopUp && catalogue.labels.autoTopUp;
  const managing = allows(session.role, "billing.manage");
  const facts: Facts = {
    organization: { id: organizationId, name: organization.name },
    unit: catalogue.unit,
    timeZone: organization.timeZone,
    now: ctx.now.toISOString(),
    meters: Object.fromEntries(catalogue.meters.map(({ name, label, singular }) => [name, { label, singular }])),
    endpoints: [...new Set(catalogue.prices.map((price) => price.endpoint))],
    models: [...new Set(catalogue.prices.map((price) => price.model))],
    planName: now.plan && (catalogue.planIndex.get(now.plan.id)?.name ?? null),
    may: { manage: managing, buy: managing && soldTo(catalogue, now.plan) },
    plansSold: catalogue.plans.some(({ free }) => !free),
    runs: catalogue.tags.run,
    resources: catalogue.routes.billingCredits?.resource ?? [],
    labels: { balance: label, plan, purchased, promotional, payg, prices, topUp: sold, autoTopUp: offered },
  };
  const actions = actionsOf(portal, {
    createOrganization: createOrganizationAction,
    claimOrganization: claimOrganizationAction,
  });
  return (
    <Providers key={organizationId} facts={facts}>
      <Shell
        operator={catalogue.operator}
        memberships={session.memberships}
        account={{ email: user.email, support: catalogue.operator.support, signOut: signOutAction }}
        balance={balanceAnswer(now, catalogue)}
        collapsed={(await cookies()).get(SIDEBAR_COOKIE)?.value === "narrow"}
        createOrganization={actions.createOrganization}
        claimOrganization={catalogue.signup.when === "first_call" ? actions.claimOrganization : null}
      >
        {children}
      </Shell>
    </Providers>
  );
}
