import type { AuditEntry } from "@/lib/audit/schema";

export type Change = { field: string; before: unknown; after: unknown };

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The changes of an entry, field by field, and the names of its unchanged fields. */
export function difference({ before, after }: Pick<AuditEntry, "before" | "after">): {
  changed: Change[];
  kept: string[];
} {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const all = fields.map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }));
  return {
    // Fields that stay empty are left out.
    changed: all.filter((one) => !same(one.before, one.after)),
    kept: before && after ? all.filter((one) => same(one.before, one.after)).map(({ field }) => field) : [],
  };
}
