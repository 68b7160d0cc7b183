-- The rollup by tag is the events, grouped, for the tags that every catalogue version rolls up.
WITH event AS (
  SELECT e.organization_id, date_bin('15 minutes', e.occurred_at, 'epoch') AS bucket, t.tag, t.value, endpoint, model,
    coalesce(key_id, ledger.nobody()) AS key_id, coalesce(member_id, ledger.nobody()) AS member_id,
    sum(e.requests) AS requests, sum(e.cost) AS cost,
    ARRAY[coalesce(sum(quantities[1]), 0), coalesce(sum(quantities[2]), 0), coalesce(sum(quantities[3]), 0),
      coalesce(sum(quantities[4]), 0), coalesce(sum(quantities[5]), 0), coalesce(sum(quantities[6]), 0),
      coalesce(sum(quantities[7]), 0), coalesce(sum(quantities[8]), 0), coalesce(sum(quantities[9]), 0),
      coalesce(sum(quantities[10]), 0), coalesce(sum(quantities[11]), 0), coalesce(sum(quantities[12]), 0)]::bigint[]
      || ledger.sum_arrays(quantities[13:]) FILTER (WHERE cardinality(quantities) > 12) AS quantities
  FROM ledger.usage_event e CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t (tag, value)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)
SELECT organization_id, bucket, tag, value, endpoint, model, key_id, member_id, r.requests,
  e.requests AS event_requests, r.cost, e.cost AS event_cost, r.quantities, e.quantities AS event_quantities,
  'the rollup by tag is not the sum of the events' AS problem
FROM usage_tag_rollup r FULL JOIN event e
  USING (organization_id, bucket, tag, value, endpoint, model, key_id, member_id)
WHERE tag = ANY (coalesce(nullif(current_setting('tollgate.rollup_tags', true), ''), '{}')::text[])
  AND (r.requests IS DISTINCT FROM e.requests OR r.cost IS DISTINCT FROM e.cost
    OR ledger.add_quantities(r.quantities, '{}') IS DISTINCT FROM e.quantities)
