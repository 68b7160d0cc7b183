-- A call costs between nothing and its ceiling, wherever its catalogue version does not settle what was used.
SELECT h.organization_id, h.id, h.ceiling, h.cost, h.catalogue_version, 'the cost is not between zero and the ceiling' AS problem
FROM hold h
WHERE h.cost < 0 OR h.waived < 0 OR h.cost_plan NOT BETWEEN 0 AND h.cost OR (h.cost > h.ceiling AND NOT h.catalogue_version = ANY
  (coalesce(nullif(current_setting('tollgate.actual_versions', true), ''), '{}')::integer[]))
