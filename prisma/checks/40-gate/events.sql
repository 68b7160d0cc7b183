-- An event with a cost has a transaction of exactly this amount, a free event has none; both refer to each other.
SELECT e.organization_id, e.id AS event_id, e.transaction_seq AS seq, e.cost, t.amount, t.event_id AS named,
  CASE WHEN (e.cost <> 0) <> (t.seq IS NOT NULL) THEN 'an event has a transaction if it has a cost, and only then'
    ELSE 'event and transaction do not agree' END AS problem
FROM ledger.usage_event e
LEFT JOIN transaction t ON t.organization_id = e.organization_id AND t.seq = e.transaction_seq
WHERE (e.cost <> 0) <> (t.seq IS NOT NULL) OR t.event_id IS DISTINCT FROM CASE WHEN t.seq IS NOT NULL THEN e.id END
  OR e.cost <> -t.amount OR e.cost_plan <> -t.amount_plan OR e.posted_at <> t.posted_at
  OR (t.seq IS NOT NULL AND e.key_id IS DISTINCT FROM t.key_id)
UNION ALL
SELECT t.organization_id, t.event_id, t.seq, NULL, t.amount, t.event_id, 'a deduction or refund has no event'
FROM transaction t
LEFT JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  AND e.transaction_seq = t.seq
WHERE t.type IN ('deduction', 'refund') AND e.id IS NULL
