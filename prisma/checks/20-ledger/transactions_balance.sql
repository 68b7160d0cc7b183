-- A transaction has at least two entries, and they sum to zero.
SELECT t.organization_id, t.seq, t.type, count(e.line) AS entries, coalesce(sum(e.amount), 0) AS sum,
  'a transaction needs two entries or more that sum to zero' AS problem
FROM transaction t
LEFT JOIN entry e ON e.organization_id = t.organization_id AND e.transaction_seq = t.seq
GROUP BY t.organization_id, t.seq, t.type
HAVING count(e.line) < 2 OR sum(e.amount) <> 0
