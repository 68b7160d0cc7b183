import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { keysOf } from "@/components/data/query-keys";
import { UsageExplorer } from "@/components/usage/explorer";
import { beforeKey, callKey, given, LOG_PAGE, logKey, questionOf, usageKey } from "@/components/usage/question";
import { loadExplorer } from "@/components/usage/state";
import { listKeyLimits, listPeople } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { organizationPublicId } from "@/lib/kernel/ids";
import { getEvent, listEvents, usage } from "@/lib/usage";
import { eventsQuery, usageQuery } from "@/lib/usage/schema";

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
  const state = loadExplorer(asked);
  const question = questionOf(state, ctx.now, session.organization.timeZone);
  // All reads run in parallel. The page retries a failed read and says so.
  const client = new QueryClient();
  const key = keysOf(organizationPublicId(ctx.organizationId));
  const sums = (parameters: typeof question.usage) => usage(ctx, usageQuery.parse(given(parameters)));
  const [keys, members] = await Promise.all([
    listKeyLimits(ctx),
    listPeople(ctx),
    client.prefetchQuery({ queryKey: key(...usageKey(question.usage)), queryFn: () => sums(question.usage) }),
    state.compare &&
      client.prefetchQuery({ queryKey: key(...beforeKey(question.before)), queryFn: () => sums(question.before) }),
    client.prefetchInfiniteQuery({
      queryKey: key(...logKey(question.log)),
      queryFn: () => listEvents(ctx, eventsQuery.parse({ ...given(question.log), limit: LOG_PAGE })),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
    state.call &&
      client.prefetchQuery({
        queryKey: key(...callKey(state.call)),
        queryFn: () => getEvent(ctx, { id: state.call ?? "" }),
      }),
  ]);
  const known = {
    tags: catalogue.tags.rollup,
    keys: keys.data.map(({ id, name }) => ({ id, name })),
    members: members.data.map(({ userId, name, email }) => ({ id: userId, name: name ?? email })),
  };
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <UsageExplorer known={known} madeAt={ctx.now.toISOString()} />
    </HydrationBoundary>
  );
}
