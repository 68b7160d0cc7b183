"use client";
import { Amount } from "@/components/amount";
import { useEvents } from "@/components/queries";
import { Time } from "@/components/time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Empty, LoadError } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import type { UsageEvent } from "@/lib/usage/schema";
import { Quantities } from "./quantities";
import type { Filters } from "./use-filters";

const PHONE = "max-sm:h-auto max-sm:border-0 max-sm:px-0 max-sm:py-0";

function Row({ event }: { event: UsageEvent }) {
  return (
    <tr className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-2 max-sm:border-b max-sm:py-2">
      <Td className={`whitespace-nowrap text-muted ${PHONE} max-sm:order-3 max-sm:text-sm`}>
        <Time at={event.occurredAt} precise />
      </Td>
      <Td className={`${PHONE} max-sm:order-1 max-sm:min-w-0`}>
        {event.reverses ? <span className="text-good">Refund of </span> : null}
        {event.endpoint} <span className="break-all text-muted">{event.model}</span>
      </Td>
      <Td className={`text-muted text-sm ${PHONE} max-sm:order-5 max-sm:col-span-2`}>
        <Quantities of={event.quantities} />
      </Td>
      <Td className={`text-muted text-sm ${PHONE} max-sm:hidden`}>{event.keyName ?? "no key"}</Td>
      <Td className={`text-right ${PHONE} max-sm:order-2`}>
        <Amount of={event.cost} kind="cost" />
      </Td>
      <Td className={`text-right text-muted text-sm ${PHONE} max-sm:order-4`} title="Version of the prices">
        v{event.catalogueVersion}
      </Td>
    </tr>
  );
}

function Rows({ events }: { events: readonly UsageEvent[] }) {
  return (
    <Table>
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Time</Th>
          <Th>Call</Th>
          <Th>Quantities</Th>
          <Th>Key</Th>
          <Th className="text-right">Cost</Th>
          <Th className="text-right">Price</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </tbody>
    </Table>
  );
}

/** Every call of the range, the latest first. */
export function Log({ filters }: { filters: Filters }) {
  const { values, set } = filters;
  const query = useEvents({ ...filters.filters, successfulOnly: values.refunded ? undefined : "true" });
  const events = query.data?.pages.flatMap((page) => page.data);
  return (
    <Card aria-labelledby="log">
      <CardHeader id="log" title="Calls">
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={values.refunded}
            onChange={(event) => set({ refunded: event.target.checked || null })}
            className="size-4 accent-[var(--accent)]"
          />
          Show refunded calls
        </label>
      </CardHeader>
      {events ? (
        events.length > 0 ? (
          <Rows events={events} />
        ) : (
          <Empty>No calls in this range.</Empty>
        )
      ) : query.isError ? (
        <LoadError what="The calls" onRetry={() => query.refetch()} />
      ) : (
        <Skeleton className="h-96" />
      )}
      {query.hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button onClick={() => query.fetchNextPage()} disabled={query.isFetchingNextPage}>
            {query.isFetchingNextPage ? "Loading…" : "Load more"}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
