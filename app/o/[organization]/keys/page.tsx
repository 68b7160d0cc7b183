import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Keys } from "@/components/keys/keys";
import { listKeys, listMembers } from "@/lib/accounts";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { publicAddress } from "@/lib/adapters/portal/address";
import { portalPage } from "@/lib/adapters/portal/page";
import { planLimits } from "@/lib/ledger";
import { createKeyAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage({ params }: PageProps<"/o/[organization]/keys">) {
  const portal = await portalPage({ params }, (own) => own.keys);
  const { ctx, session } = portal;
  const [keys, { data: members }, most, asked] = await Promise.all([
    listKeys(ctx),
    listMembers(ctx),
    planLimits(ctx),
    headers(),
  ]);
  return (
    <Keys
      initial={keys}
      most={most.keys ?? null}
      reader={{ userId: session.userId, role: session.role }}
      people={members.map(({ userId, name, email }) => ({ userId, name, email }))}
      url={publicAddress(asked)}
      {...actionsOf(portal, { create: createKeyAction })}
    />
  );
}
