/** What each key of the organization `$1` spent in the 30 days before `$2`, from the sums by quarters of an hour. */
export const SPENT_SINCE = `SELECT key_id, sum(cost) AS spent FROM usage_rollup
  WHERE organization_id = $1 AND bucket > $2::timestamptz - interval '30 days' AND bucket <= $2 GROUP BY key_id`;
