/** The conditions of components: on a total of meters (a tier), on the period of the week, and in words. */
import type { TotalCondition } from "./compiled";

export function sameMeters(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((meter) => other.includes(meter));
}

export function totalHolds({ above, upTo }: Pick<TotalCondition, "above" | "upTo">, total: bigint): boolean {
  return (above === undefined || total > above) && (upTo === undefined || total <= upTo);
}

/** Whether one call can meet both: on totals of the same meters, their ranges overlap. */
export function totalsMeet(one: TotalCondition | undefined, other: TotalCondition | undefined): boolean {
  if (!one || !other || !sameMeters(one.meters, other.meters)) return true;
  const above = Math.max(one.above ?? 0, other.above ?? 0);
  return above < Math.min(one.upTo ?? Number.POSITIVE_INFINITY, other.upTo ?? Number.POSITIVE_INFINITY);
}

/** "variant=basic, input_token + cached_input_token above 200000, period=peak"; undefined without any condition. */
export function conditionText(conditions: {
  when?: string | undefined;
  total?: TotalCondition | undefined;
  period?: string | undefined;
}): string | undefined {
  const { when, total, period } = conditions;
  const said: string[] = when ? [when] : [];
  if (total) {
    const above = total.above === undefined ? [] : [`above ${total.above}`];
    const upTo = total.upTo === undefined ? [] : [`up to ${total.upTo}`];
    said.push(`${total.meters.join(" + ")} ${[...above, ...upTo].join(" and ")}`);
  }
  if (period !== undefined) said.push(`period=${period}`);
  return said.length > 0 ? said.join(", ") : undefined;
}
