import { currentCatalogue } from "@/lib/catalogue";
import { NIL_ID, publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { presentZone } from "@/lib/kernel/time-zone";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { refuse, requireSummedTag, tagOf } from "./filter";
import { byName, meterNames } from "./meter-store";
import { resolveRange } from "./range-store";
import type { Group, UsageAnswer, UsageQuery, UsageRow } from "./schema";
import { GROUP_COLUMNS, type Grouping, intervalStarts, readSums, type SummedRow } from "./usage-store";

type Sums = { requests: bigint; cost: bigint; counts: bigint[] };
/** Which sums answer the question: those by endpoint, model and key, or those by one declared tag too. */
function groupingOf(query: UsageQuery): Grouping {
  const grouped = query.groupBy.flatMap((group) => (group.startsWith("tag:") ? group.slice("tag:".length) : []));
  const groups = query.groupBy.filter((group): group is Group => Object.hasOwn(GROUP_COLUMNS, group));
  const filter = tagOf(query);
  for (const tag of grouped) requireSummedTag(tag, "groupBy");
  if (filter) requireSummedTag(filter.name, "tag");
  const [tag, other] = new Set(filter ? [...grouped, filter.name] : grouped);
  if (other !== undefined) {
    const works = `group or filter by tag:${tag} or by tag:${other}, with any of ${Object.keys(GROUP_COLUMNS).join(", ")}`;
    throw refuse("groupBy", `the sums know one tag at a time; ${works}`);
  }
  return { tag, value: filter?.value, groups };
}

function total(rows: readonly SummedRow[], slots: number): Sums {
  const sums: Sums = { requests: 0n, cost: 0n, counts: Array.from({ length: slots }, () => 0n) };
  for (const row of rows) {
    sums.requests += row.requests;
    sums.cost += row.cost;
    row.counts.forEach((count, slot) => {
      sums.counts[slot] = (sums.counts[slot] ?? 0n) + count;
    });
  }
  return sums;
}

/**
 * What was used and what it cost, from the sums by quarters of an hour; cut in the organization's or the given zone.
 * Errors: not_found, validation_failed (a range, zone, tag or grouping that cannot be answered).
 */
export async function usage(ctx: Context, query: UsageQuery): Promise<UsageAnswer> {
  mayRead(ctx);
  const { catalogue } = currentCatalogue();
  const grouping = groupingOf(query);
  const found = await queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const range = await resolveRange(client, ctx, query);
    const names = await meterNames(client);
    const starts = query.interval ? await intervalStarts(client, range, query.interval) : null;
    const slots = query.quantities ? names.length : 0;
    const rows = await readSums(client, ctx, query, grouping, { range, starts, slots });
    return { range, names, starts, rows };
  });
  const { range, names, rows } = found;
  const sums = ({ requests, cost, counts }: Sums) => ({
    requests: jsonCount(requests),
    quantities: byName(counts, names),
    cost: formatAmount(cost, catalogue.unit.scale),
  });
  return {
    unit: catalogue.unit.code,
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    timezone: presentZone(range.zone),
    interval: query.interval ?? null,
    groupBy: query.groupBy,
    starts: found.starts?.map((start) => start.toISOString()) ?? null,
    totals: sums(total(rows, names.length)),
    data: rows.map((row): UsageRow => {
      const { start, endpoint, model, key, keyName, member, tag } = row;
      return {
        ...(start && { start: found.starts?.[start - 1]?.toISOString() }),
        ...(endpoint !== undefined && { endpoint }),
        ...(model !== undefined && { model }),
        ...(key !== undefined && {
          key: key === NIL_ID ? null : publicId("key", ctx.organizationId, key),
          keyName: keyName ?? null,
        }),
        ...(member !== undefined && { member }),
        ...(tag !== undefined && { tag }),
        ...sums(row),
      };
    }),
  };
}
