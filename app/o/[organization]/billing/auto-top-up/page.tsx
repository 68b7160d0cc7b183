import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AutoTopUp } from "@/components/auto-top-up/auto-top-up";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { autoTopUpOf } from "@/lib/adapters/portal/auto-top-up";
import { portalPage } from "@/lib/adapters/portal/page";
import { setAutoTopUpAction, switchOffAutoTopUpAction } from "./actions";

export async function generateMetadata({
  params,
}: PageProps<"/o/[organization]/billing/auto-top-up">): Promise<Metadata> {
  const { catalogue } = await portalPage({ params }, (own) => own.autoTopUp);
  return { title: catalogue.labels.autoTopUp };
}

export default async function AutoTopUpPage({ params }: PageProps<"/o/[organization]/billing/auto-top-up">) {
  const portal = await portalPage({ params }, (own) => own.autoTopUp);
  const facts = await autoTopUpOf(portal);
  if (!facts) notFound();
  return (
    <AutoTopUp
      {...facts}
      actions={actionsOf(portal, { set: setAutoTopUpAction, switchOff: switchOffAutoTopUpAction })}
    />
  );
}
