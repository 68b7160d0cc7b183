-- The held part of a grant is the sum of its parts of the open holds, and never more than its rest.
WITH part AS (
  SELECT h.organization_id, p.grant_id, sum(p.amount) AS held
  FROM hold h CROSS JOIN LATERAL unnest(h.grant_ids, h.grant_amounts) AS p (grant_id, amount)
  WHERE h.state = 'open' GROUP BY h.organization_id, p.grant_id
)
SELECT coalesce(g.organization_id, p.organization_id) AS organization_id, coalesce(g.id, p.grant_id) AS grant_id,
  g.held, g.remaining, coalesce(p.held, 0) AS open_holds,
  'held is not the sum of the open holds, or more than the rest' AS problem
FROM "grant" g
FULL JOIN part p ON p.organization_id = g.organization_id AND p.grant_id = g.id
WHERE coalesce(g.held, 0) <> coalesce(p.held, 0) OR g.held > g.remaining OR g.held < 0
UNION ALL
SELECT h.organization_id, NULL, h.ceiling, h.ceiling_plan, coalesce(sum(p.amount), 0),
  'the parts of hold ' || h.id || ' do not sum to its ceiling'
FROM hold h LEFT JOIN LATERAL unnest(h.grant_amounts) AS p (amount) ON true
GROUP BY h.organization_id, h.id, h.ceiling, h.ceiling_plan HAVING coalesce(sum(p.amount), 0) <> h.ceiling
