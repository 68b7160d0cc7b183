-- A call costs between zero and its ceiling, unless its catalogue version settles actual usage.
WITH ended AS (
  SELECT organization_id, id, ceiling, cost, cost_plan, waived, catalogue_version FROM hold
  UNION ALL
  SELECT h.organization_id, h.id, h.ceiling, e.cost, e.cost_plan, e.waived, h.catalogue_version
  FROM ledger.usage_event e JOIN hold h ON h.organization_id = e.organization_id AND h.id = e.hold_id
  WHERE e.usage = 'late'
)
SELECT h.organization_id, h.id, h.ceiling, h.cost, h.catalogue_version,
  'the cost is not between zero and the ceiling' AS problem
FROM ended h
WHERE h.cost < 0 OR h.waived < 0 OR h.cost_plan NOT BETWEEN 0 AND h.cost
  OR (h.cost > h.ceiling AND NOT h.catalogue_version = ANY
  (coalesce(nullif(current_setting('tollgate.actual_versions', true), ''), '{}')::integer[]))
