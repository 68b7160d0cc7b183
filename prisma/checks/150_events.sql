-- An event that cost something has a transaction of just that amount, and both name each other.
SELECT e.organization_id, e.id AS event_id, e.transaction_seq AS seq, e.cost, t.amount, t.event_id AS named,
  'event and transaction do not agree' AS problem
FROM ledger.usage_event e
JOIN transaction t ON t.organization_id = e.organization_id AND t.seq = e.transaction_seq
WHERE t.event_id IS DISTINCT FROM e.id OR e.cost <> -t.amount OR e.cost_plan <> -t.amount_plan
  OR e.key_id IS DISTINCT FROM t.key_id OR e.posted_at <> t.posted_at
UNION ALL
SELECT e.organization_id, e.id, e.transaction_seq, e.cost, NULL, NULL, 'an event has a transaction when it cost something, and only then'
FROM ledger.usage_event e
WHERE (e.cost <> 0) <> EXISTS (SELECT 1 FROM transaction t WHERE t.organization_id = e.organization_id AND t.seq = e.transaction_seq)
UNION ALL
SELECT t.organization_id, t.event_id, t.seq, NULL, t.amount, t.event_id, 'a deduction or refund has no event'
FROM transaction t
WHERE t.type IN ('deduction', 'refund') AND NOT EXISTS (SELECT 1 FROM ledger.usage_event e
  WHERE e.organization_id = t.organization_id AND e.id = t.event_id AND e.transaction_seq = t.seq)
