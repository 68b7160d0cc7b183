-- Debt is the sum of its entries, never below zero, and zero while free credit remains.
SELECT b.organization_id, b.debt, coalesce(e.debt, 0) AS entries, coalesce(g.free, 0) AS free,
  CASE WHEN b.debt > 0 AND g.free > 0 THEN 'there is debt while free credit remains'
    ELSE 'debt is not the sum of its entries' END AS problem
FROM balance b
LEFT JOIN (SELECT organization_id, -sum(amount) AS debt FROM entry WHERE account = 'debt' GROUP BY organization_id) AS e
  ON e.organization_id = b.organization_id
LEFT JOIN (
  SELECT organization_id, sum(remaining - held) AS free FROM "grant"
  WHERE live AND (expires_at IS NULL OR expires_at > now()) GROUP BY organization_id
) AS g ON g.organization_id = b.organization_id
WHERE b.debt <> coalesce(e.debt, 0) OR b.debt < 0 OR (b.debt > 0 AND g.free > 0)
