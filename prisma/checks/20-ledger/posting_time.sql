-- Posting time never goes back, and the balance row has the latest.
SELECT organization_id, seq, posted_at, before, 'it was posted before the transaction that precedes it' AS problem
FROM (
  SELECT organization_id, seq, posted_at, lag(posted_at) OVER (PARTITION BY organization_id ORDER BY seq) AS before
  FROM transaction
) AS t WHERE posted_at < before
UNION ALL
SELECT b.organization_id, b.seq, b.posted_at, max(t.posted_at),
  'the balance''s posting time is before its last transaction'
FROM balance b JOIN transaction t ON t.organization_id = b.organization_id
GROUP BY b.organization_id, b.seq, b.posted_at HAVING b.posted_at < max(t.posted_at)
