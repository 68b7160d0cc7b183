import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UsageExplorer } from "@/components/usage/explorer";
import { questionOf } from "@/components/usage/question";
import { groupedByWhatDiffers, loadExplorer } from "@/components/usage/state";
import { listKeyLimits, listPeople } from "@/lib/accounts";
import { defined, endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import { portalPage } from "@/lib/adapters/portal/page";
import { organizationPublicId } from "@/lib/kernel/ids";
import { getEvent, listEvents, usage } from "@/lib/usage";
import { eventsQuery, type UsageEventList, usageQuery } from "@/lib/usage/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

export default async function UsagePage({ params, searchParams }: PageProps<"/o/[organization]/usage">) {
  const asked = await searchParams;
  const address = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one])),
  );
  const { ctx, session, catalogue } = await portalPage({ params }, (own) =>
    address.size > 0 ? `${own.usage}?${address}` : own.usage,
  );
  const models = [...new Set(catalogue.prices.map(({ model }) => model))];
  const state = groupedByWhatDiffers(loadExplorer(asked), models);
  const question = questionOf(state, ctx.now, session.organization.timeZone);
  // All reads run in parallel, but for the hints, which read thousands of calls: the browser requests them. The page retries a failed read and says so.
  const client = new QueryClient();
  const organization = organizationPublicId(ctx.organizationId);
  const { call } = state;
  const sums = (parameters: typeof question.usage) => usage(ctx, usageQuery.parse(defined(parameters)));
  const [keys, members] = await Promise.all([
    listKeyLimits(ctx),
    listPeople(ctx),
    client.prefetchQuery({
      queryKey: queryKey(organization, endpoints.usage, question.usage),
      queryFn: () => sums(question.usage),
    }),
    state.compare &&
      client.prefetchQuery({
        queryKey: queryKey(organization, endpoints.pastUsage, question.before),
        queryFn: () => sums(question.before),
      }),
    client.prefetchInfiniteQuery({
      queryKey: queryKey(organization, endpoints.events, question.logPage),
      queryFn: () => listEvents(ctx, eventsQuery.parse(defined(question.logPage))),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }: UsageEventList) => nextCursor ?? undefined,
    }),
    call &&
      client.prefetchQuery({
        queryKey: queryKey(organization, endpoints.event, { id: call }),
        queryFn: () => getEvent(ctx, { id: call }),
      }),
  ]);
  const known = {
    tags: catalogue.tags.rollup,
    keys: keys.data.map(({ id, name }) => ({ id, name })),
    members: members.data.map(({ userId, name, email }) => ({ id: userId, name: name ?? email })),
  };
  const hints = catalogue.costHints && { tag: catalogue.costHints.fingerprintTag ?? null };
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <UsageExplorer known={known} madeAt={ctx.now.toISOString()} hints={hints} />
    </HydrationBoundary>
  );
}
