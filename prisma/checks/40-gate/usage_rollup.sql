-- The usage rollup is the events, grouped.
WITH event AS (
  SELECT organization_id, date_bin('15 minutes', occurred_at, 'epoch') AS bucket, endpoint, model,
    coalesce(key_id, ledger.nobody()) AS key_id, coalesce(member_id, ledger.nobody()) AS member_id,
    sum(requests) AS requests, sum(cost) AS cost,
    ARRAY[coalesce(sum(quantities[1]), 0), coalesce(sum(quantities[2]), 0), coalesce(sum(quantities[3]), 0),
      coalesce(sum(quantities[4]), 0), coalesce(sum(quantities[5]), 0), coalesce(sum(quantities[6]), 0),
      coalesce(sum(quantities[7]), 0), coalesce(sum(quantities[8]), 0), coalesce(sum(quantities[9]), 0),
      coalesce(sum(quantities[10]), 0), coalesce(sum(quantities[11]), 0), coalesce(sum(quantities[12]), 0)]::bigint[]
      || ledger.sum_arrays(quantities[13:]) FILTER (WHERE cardinality(quantities) > 12) AS quantities
  FROM ledger.usage_event GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT organization_id, bucket, endpoint, model, key_id, member_id, r.requests, e.requests AS event_requests, r.cost,
  e.cost AS event_cost, r.quantities, e.quantities AS event_quantities,
  'the rollup is not the sum of the events' AS problem
FROM usage_rollup r FULL JOIN event e USING (organization_id, bucket, endpoint, model, key_id, member_id)
WHERE r.requests IS DISTINCT FROM e.requests OR r.cost IS DISTINCT FROM e.cost
  OR ledger.add_quantities(r.quantities, '{}') IS DISTINCT FROM e.quantities
