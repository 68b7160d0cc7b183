-- A key's counters are the sums of its calls for its owner at the call: costs and holds, in total and in the running
-- windows. Every key has counters for its owner.
-- A call counts on the day it was opened; a refund lowers that day.
WITH cost AS (
  SELECT e.organization_id, e.key_id, coalesce(e.member_id, ledger.nobody()) AS member_id, e.cost,
    coalesce(h.opened_on, (coalesce(o.posted_at, e.posted_at) AT TIME ZONE z.time_zone)::date) AS day
  FROM ledger.usage_event e
  JOIN organization z ON z.id = e.organization_id
  LEFT JOIN ledger.usage_event o ON e.reverses IS NOT NULL AND o.organization_id = e.organization_id
    AND o.id = e.reverses
  LEFT JOIN hold h ON h.organization_id = e.organization_id AND h.id = coalesce(e.hold_id, e.reverses, e.id)
  WHERE e.key_id IS NOT NULL AND e.cost <> 0
), spent AS (
  SELECT u.organization_id, u.key_id, u.member_id, coalesce(sum(c.cost), 0) AS total,
    coalesce(sum(c.cost) FILTER (WHERE c.day = u.day), 0) AS day,
    coalesce(sum(c.cost) FILTER (WHERE date_trunc('week', c.day)::date = u.week), 0) AS week,
    coalesce(sum(c.cost) FILTER (WHERE date_trunc('month', c.day)::date = u.month), 0) AS month
  FROM key_usage u
  LEFT JOIN cost c ON c.organization_id = u.organization_id AND c.key_id = u.key_id AND c.member_id = u.member_id
  GROUP BY 1, 2, 3
), held AS (
  SELECT u.organization_id, u.key_id, u.member_id, coalesce(sum(h.ceiling), 0) AS total,
    coalesce(sum(h.ceiling) FILTER (WHERE h.opened_on = u.day), 0) AS day,
    coalesce(sum(h.ceiling) FILTER (WHERE date_trunc('week', h.opened_on)::date = u.week), 0) AS week,
    coalesce(sum(h.ceiling) FILTER (WHERE date_trunc('month', h.opened_on)::date = u.month), 0) AS month
  FROM key_usage u
  LEFT JOIN hold h ON h.organization_id = u.organization_id AND h.key_id = u.key_id AND h.state = 'open'
    AND coalesce(h.member_id, ledger.nobody()) = u.member_id
  GROUP BY 1, 2, 3
), counted AS (
  SELECT organization_id, key_id, member_id FROM key_usage
  UNION SELECT organization_id, id, coalesce(owner_id, ledger.nobody()) FROM api_key
  UNION SELECT organization_id, key_id, member_id FROM cost
)
SELECT k.organization_id, k.key_id, k.member_id,
  ARRAY[u.total_spent, u.day_spent, u.week_spent, u.month_spent,
    u.total_held, u.day_held, u.week_held, u.month_held] AS counters,
  ARRAY[s.total, s.day, s.week, s.month, h.total, h.day, h.week, h.month]::bigint[] AS sums,
  'the counters (spent, then held: total, day, week, month) are not the sums of the key''s calls' AS problem
FROM counted k
LEFT JOIN key_usage u USING (organization_id, key_id, member_id)
LEFT JOIN spent s USING (organization_id, key_id, member_id)
LEFT JOIN held h USING (organization_id, key_id, member_id)
WHERE u.key_id IS NULL OR (u.total_spent, u.day_spent, u.week_spent, u.month_spent,
    u.total_held, u.day_held, u.week_held, u.month_held)
  IS DISTINCT FROM (s.total, s.day, s.week, s.month, h.total, h.day, h.week, h.month)
