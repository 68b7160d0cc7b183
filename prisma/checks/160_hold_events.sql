-- A settled hold has the event of its own id with its cost and transaction; a hold that ended otherwise has none.
SELECT h.organization_id, h.id, h.state, h.cost, e.cost AS event_cost, h.transaction_seq, e.transaction_seq AS event_seq,
  'hold and event do not agree' AS problem
FROM hold h LEFT JOIN ledger.usage_event e ON e.organization_id = h.organization_id AND e.id = h.id
WHERE (h.state = 'settled') <> (e.id IS NOT NULL) OR (h.state = 'settled' AND (h.cost <> e.cost
  OR h.cost_plan <> e.cost_plan OR h.transaction_seq IS DISTINCT FROM e.transaction_seq OR h.key_id IS DISTINCT FROM e.key_id
  OR h.member_id IS DISTINCT FROM e.member_id OR h.endpoint <> e.endpoint OR h.model <> e.model))
