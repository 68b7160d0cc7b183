-- A settled hold has the event of its own id with its cost and transaction; a hold that ended otherwise has none. Late
-- usage is one event of an expired hold, and both refer to each other.
SELECT h.organization_id, h.id, h.state, h.cost, e.cost AS event_cost, h.transaction_seq,
  e.transaction_seq AS event_seq, 'hold and event do not agree' AS problem
FROM hold h LEFT JOIN ledger.usage_event e ON e.organization_id = h.organization_id AND e.id = h.id
WHERE (h.state = 'settled') <> (e.id IS NOT NULL) OR (h.state = 'settled' AND (h.cost <> e.cost
  OR h.cost_plan <> e.cost_plan OR h.transaction_seq IS DISTINCT FROM e.transaction_seq
  OR h.key_id IS DISTINCT FROM e.key_id OR h.member_id IS DISTINCT FROM e.member_id
  OR h.endpoint <> e.endpoint OR h.model <> e.model))
UNION ALL
SELECT coalesce(h.organization_id, e.organization_id), coalesce(h.id, e.hold_id), h.state, h.ceiling, e.cost, NULL,
  e.transaction_seq, 'late usage and its expired hold do not agree'
FROM (SELECT * FROM hold WHERE late_event_id IS NOT NULL) AS h
FULL JOIN (SELECT * FROM ledger.usage_event WHERE usage = 'late') AS e
  ON e.organization_id = h.organization_id AND e.id = h.late_event_id
WHERE h.id IS NULL OR e.id IS NULL OR h.state <> 'expired' OR e.hold_id IS DISTINCT FROM h.id
  OR h.key_id IS DISTINCT FROM e.key_id OR h.member_id IS DISTINCT FROM e.member_id OR h.endpoint <> e.endpoint
  OR h.model <> e.model
