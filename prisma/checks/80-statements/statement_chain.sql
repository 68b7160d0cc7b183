-- Closed statements follow each other without a gap, and each has the hash of its numbers and of the one before.
SELECT organization_id, month, 'the hash is not that of the numbers' AS problem
FROM statement s
WHERE s.hash <> ledger.statement_hash(s)
UNION ALL
SELECT organization_id, month, 'it does not follow the statement before' AS problem
FROM (
  SELECT s.*, lag(s.hash) OVER w AS hash_before, lag(s.month) OVER w AS month_before,
    lag(s.ends_at) OVER w AS ended_at, lag(s.to_seq) OVER w AS seq_before
  FROM statement s
  WINDOW w AS (PARTITION BY s.organization_id ORDER BY s.month)
) AS s
WHERE s.previous_hash <> coalesce(s.hash_before, '')
  OR s.month <> coalesce(s.month_before + interval '1 month', s.month)
  OR s.starts_at <> coalesce(s.ended_at, s.starts_at)
  OR s.from_seq <> coalesce(s.seq_before, 1)
