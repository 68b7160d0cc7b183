-- Numbers of transactions start at one and have no gap, and the balance row has the last one.
SELECT b.organization_id, b.seq AS latest, count(t.seq) AS transactions, min(t.seq) AS first, max(t.seq) AS last,
  'the numbers have a gap, or the balance does not have the last one' AS problem
FROM balance b LEFT JOIN transaction t ON t.organization_id = b.organization_id
GROUP BY b.organization_id, b.seq
HAVING b.seq <> count(t.seq) OR b.seq <> coalesce(max(t.seq), 0) OR (count(t.seq) > 0 AND min(t.seq) <> 1)
