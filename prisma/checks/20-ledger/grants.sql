-- The rest of a grant is the sum of its entries, between zero and its amount. The first entry is the amount.
SELECT g.organization_id, g.id, g.kind, g.amount, g.remaining, g.live, e.total AS entries, e.first AS first_entry,
  CASE WHEN g.remaining IS DISTINCT FROM e.total THEN 'the rest is not the sum of the entries'
    WHEN g.remaining < 0 OR g.remaining > g.amount THEN 'the rest is not between zero and the amount'
    WHEN g.amount IS DISTINCT FROM e.first THEN 'the first entry is not the amount'
    ELSE 'a grant is live if it has a rest or a held part, and only then' END AS problem
FROM "grant" g
LEFT JOIN (
  SELECT organization_id, grant_id, sum(amount) AS total,
    (array_agg(amount ORDER BY transaction_seq, line))[1] AS first
  FROM entry WHERE grant_id IS NOT NULL GROUP BY organization_id, grant_id
) AS e ON e.organization_id = g.organization_id AND e.grant_id = g.id
WHERE g.remaining IS DISTINCT FROM e.total OR g.remaining NOT BETWEEN 0 AND g.amount
  OR g.amount IS DISTINCT FROM e.first OR g.live <> (g.remaining > 0 OR g.held > 0)
