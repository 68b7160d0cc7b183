-- At most one automatic payment is open, and none was started beyond its calendar month's cap. A cap that was lowered
-- later only refuses new ones.
SELECT organization_id, NULL::uuid AS payment_id, count(*) AS charged, 1::bigint AS cap,
  'two automatic payments are open' AS problem
FROM payment WHERE purpose = 'auto_top_up' AND state = 'open' GROUP BY organization_id HAVING count(*) > 1
UNION ALL
SELECT p.organization_id, p.id, s.charged, a.monthly_cap, 'it was started beyond the month''s cap'
FROM payment p
JOIN auto_top_up a ON a.organization_id = p.organization_id AND p.created_at > a.set_at
JOIN organization o ON o.id = p.organization_id
-- A payment that had ended without success by then, and was paid later, could not be counted.
CROSS JOIN LATERAL (SELECT p.amount + coalesce(sum(e.amount), 0) AS charged FROM payment e
  WHERE e.organization_id = p.organization_id AND e.purpose = 'auto_top_up' AND e.state = 'succeeded'
    AND e.created_at < p.created_at AND e.settled_at <= p.created_at
    AND e.created_at >= ledger.day_start(date_trunc('month', p.created_at AT TIME ZONE o.time_zone), o.time_zone)) AS s
WHERE p.purpose = 'auto_top_up' AND p.state IN ('open', 'succeeded') AND s.charged > a.monthly_cap
  -- In another time zone a month starts at another moment.
  AND NOT EXISTS (SELECT 1 FROM audit_entry z WHERE z.organization_id = p.organization_id AND z.at >= p.created_at
    AND z.action = 'organization.updated' AND z.before ->> 'timeZone' IS DISTINCT FROM z.after ->> 'timeZone')
