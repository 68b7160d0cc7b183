-- A refund of a call is a negative event with a link to it. The refunds are never more than the cost.
SELECT r.organization_id, r.reverses AS event_id, e.cost, sum(-r.cost) AS refunded, sum(-r.requests) AS requests,
  'the refunds are more than the cost, or a call was refunded twice' AS problem
FROM ledger.usage_event r
LEFT JOIN ledger.usage_event e ON e.organization_id = r.organization_id AND e.id = r.reverses AND e.reverses IS NULL
WHERE r.reverses IS NOT NULL
GROUP BY r.organization_id, r.reverses, e.id, e.cost
HAVING e.id IS NULL OR sum(-r.cost) > e.cost OR max(r.cost) > 0
  OR sum(-r.requests) <> CASE WHEN sum(-r.cost) = e.cost THEN 1 ELSE 0 END
UNION ALL
SELECT e.organization_id, e.id, e.cost, NULL, e.requests, 'a negative event has no call'
FROM ledger.usage_event e WHERE e.reverses IS NULL AND (e.cost < 0 OR e.requests <> 1)
