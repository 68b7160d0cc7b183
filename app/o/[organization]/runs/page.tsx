import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Runs } from "@/components/runs/runs";
import { loadRuns, questionOf } from "@/components/runs/state";
import { defined, endpoints, queryKey } from "@/lib/adapters/portal/endpoints";
import { currentPortal, portalPage } from "@/lib/adapters/portal/page";
import { organizationPublicId } from "@/lib/kernel/ids";
import { listRuns, runCosts } from "@/lib/usage";
import { type RunList, runCostsQuery, runsQuery } from "@/lib/usage/schema";

export async function generateMetadata({ params }: PageProps<"/o/[organization]/runs">): Promise<Metadata> {
  const portal = await currentPortal({ params });
  return { title: portal?.catalogue.tags.run?.label };
}

export default async function RunsPage({ params, searchParams }: PageProps<"/o/[organization]/runs">) {
  const asked = await searchParams;
  const address = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one])),
  );
  const { ctx, session, catalogue } = await portalPage({ params }, (own) =>
    address.size > 0 ? `${own.runs}?${address}` : own.runs,
  );
  if (!catalogue.tags.run) notFound();
  const question = questionOf(loadRuns(asked), session.organization.timeZone);
  const client = new QueryClient();
  const organization = organizationPublicId(ctx.organizationId);
  const tags = catalogue.tags.rollup;
  // All reads run in parallel. The page retries a failed read and says so.
  await Promise.all([
    client.prefetchInfiniteQuery({
      queryKey: queryKey(organization, endpoints.runs, question.runs),
      queryFn: () => listRuns(ctx, runsQuery.parse(defined(question.runs))),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }: RunList) => nextCursor ?? undefined,
    }),
    ...[...tags.slice(0, 1).map((name) => `tag:${name}`), "model"].map((by) =>
      client.prefetchQuery({
        queryKey: queryKey(organization, endpoints.runCosts, { ...question.costs, by }),
        queryFn: () => runCosts(ctx, runCostsQuery.parse({ ...question.costs, by })),
      }),
    ),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Runs tags={tags} />
    </HydrationBoundary>
  );
}
