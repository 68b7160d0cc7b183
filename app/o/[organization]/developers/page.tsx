import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Quickstart } from "@/components/developers/quickstart";
import { QuickstartSkeleton } from "@/components/developers/skeletons";
import { listKeyLimits } from "@/lib/accounts";
import { publicAddress } from "@/lib/adapters/portal/address";
import { portalPage } from "@/lib/adapters/portal/page";
import { priceList } from "@/lib/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers");
  return { title: t("title") };
}

export default async function QuickstartPage({ params }: PageProps<"/o/[organization]/developers">) {
  const { ctx, session, catalogue } = await portalPage({ params }, (own) => own.developers);
  const [{ data: keys }, asked] = await Promise.all([listKeyLimits(ctx), headers()]);
  const { prices } = priceList();
  const working = keys.filter(
    ({ revokedAt, expiresAt }) => !revokedAt && !(expiresAt && new Date(expiresAt) <= ctx.now),
  );
  const own = working.find(({ owner }) => owner?.id === session.userId) ?? working[0];
  const { userSelf } = catalogue.routes;
  const self = userSelf && { quotaPerUnit: Number(userSelf.quotaPerUnit), symbol: catalogue.unit.symbol };
  return (
    <Suspense fallback={<QuickstartSkeleton />}>
      <Quickstart url={publicAddress(asked)} hint={own?.hint ?? null} prices={prices} self={self} />
    </Suspense>
  );
}
