-- Each transaction's balance is the sum of the amounts up to it, and the last one is the organization's balance.
SELECT organization_id, seq, balance_after, running AS sum, 'the balance is not the sum of all amounts' AS problem
FROM (
  SELECT organization_id, seq, balance_after, sum(amount) OVER (PARTITION BY organization_id ORDER BY seq) AS running
  FROM transaction
) AS t WHERE balance_after <> running
UNION ALL
SELECT b.organization_id, b.seq, coalesce(g.remaining, 0) - b.debt, coalesce(t.total, 0),
  'the rest of all grants minus debt is not the sum of all transactions'
FROM balance b
LEFT JOIN (SELECT organization_id, sum(remaining) AS remaining FROM "grant" GROUP BY organization_id) AS g
  ON g.organization_id = b.organization_id
LEFT JOIN (SELECT organization_id, sum(amount) AS total FROM transaction GROUP BY organization_id) AS t
  ON t.organization_id = b.organization_id
WHERE coalesce(g.remaining, 0) - b.debt <> coalesce(t.total, 0)
