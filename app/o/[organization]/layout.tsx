import { cookies } from "next/headers";
import type { Facts } from "@/components/context/facts";
import { Providers } from "@/components/layout/providers";
import { Shell } from "@/components/shell/shell";
import { SIDEBAR_COOKIE } from "@/components/shell/sidebar-cookie";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { catalogueFacts } from "@/lib/adapters/portal/catalogue-facts";
import { requireOffered } from "@/lib/adapters/portal/offered";
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
  await requireOffered(portal);
  const { ctx, session, catalogue } = portal;
  const { user, organization } = session;
  const organizationId = organizationPublicId(ctx.organizationId);
  const now = await currentBalance(portal);
  const managing = allows(session.role, "billing.manage");
  const facts: Facts = {
    ...catalogueFacts(catalogue, now.plan !== null),
    organization: { id: organizationId, name: organization.name },
    timeZone: organization.timeZone,
    now: ctx.now.toISOString(),
    planName: now.plan && (catalogue.planIndex.get(now.plan.id)?.name ?? null),
    may: { manage: managing, buy: managing && soldTo(catalogue, now.plan) },
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
