/** The spending of organization `$1` in the 30 days before `$2`, by one column, from the usage sums. */
const spentSinceBy = (column: "key_id" | "member_id") => `SELECT ${column}, sum(cost) AS spent FROM usage_rollup
  WHERE organization_id = $1 AND bucket > $2::timestamptz - interval '30 days' AND bucket <= $2 GROUP BY ${column}`;

export const SPENT_BY_KEY = spentSinceBy("key_id");
/** By who owned the key at the call. */
export const SPENT_BY_MEMBER = spentSinceBy("member_id");
