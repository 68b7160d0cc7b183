import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { KeyPage } from "@/components/keys/key-page";
import { keyCallsQuery, keyUsageQuery } from "@/components/keys/question";
import { getKey, listMembers } from "@/lib/accounts";
import { actionsOf } from "@/lib/adapters/portal/actions-of";
import { publicAddress } from "@/lib/adapters/portal/address";
import { portalPage } from "@/lib/adapters/portal/page";
import { TollgateError } from "@/lib/kernel/errors";
import { listEvents, usage } from "@/lib/usage";
import { eventsQuery, usageQuery } from "@/lib/usage/schema";
import { revokeKeyAction, rotateKeyAction, setKeyLimitsAction, updateKeyAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

function orNotFound(error: unknown): never {
  if (error instanceof TollgateError && error.code === "not_found") notFound();
  throw error;
}

export default async function OneKeyPage({ params }: PageProps<"/o/[organization]/keys/[id]">) {
  const { id } = await params;
  const portal = await portalPage({ params }, (own) => own.key(id));
  const { ctx, session } = portal;
  const key = await getKey(ctx, { id }).catch(orNotFound);
  const [spent, calls, { data: members }, asked] = await Promise.all([
    usage(ctx, usageQuery.parse(keyUsageQuery(id))),
    listEvents(ctx, eventsQuery.parse(keyCallsQuery(id))),
    listMembers(ctx),
    headers(),
  ]);
  return (
    <KeyPage
      initial={key}
      usage={spent}
      calls={calls}
      reader={{ userId: session.userId, role: session.role }}
      people={members.map(({ userId, name, email }) => ({ userId, name, email }))}
      url={publicAddress(asked)}
      actions={actionsOf(portal, {
        update: updateKeyAction,
        setLimits: setKeyLimitsAction,
        rotate: rotateKeyAction,
        revoke: revokeKeyAction,
      })}
    />
  );
}
