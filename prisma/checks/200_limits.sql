-- What a key, a member's keys or a PAYG cycle spent and hold is within the limit in force at the latest accepted call.
-- A limit that was lowered below that since then only refuses new calls; PAYG's only those that prepaid credit pays.
WITH accepted AS (
  SELECT organization_id, key_id, opened_on AS day, opened_at AS at, ceiling > ceiling_plan AS payg FROM hold WHERE ceiling > 0
  UNION ALL
  SELECT e.organization_id, e.key_id, (e.posted_at AT TIME ZONE z.time_zone)::date, e.posted_at, e.cost > e.cost_plan
  FROM ledger.usage_event e JOIN organization z ON z.id = e.organization_id
  WHERE e.cost > 0 AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.organization_id = e.organization_id AND h.id = e.id)
), reached AS (
  SELECT k.organization_id, 'key' AS whose, k.id, l.part, l.used, l."limit", k.limits_set_at AS set_at, l.from_day
  FROM api_key k JOIN key_usage u ON u.organization_id = k.organization_id AND u.key_id = k.id
  CROSS JOIN LATERAL (VALUES ('total', u.total_spent + u.total_held, k.limit_total, '-infinity'::date),
    ('day', u.day_spent + u.day_held, k.limit_day, u.day), ('week', u.week_spent + u.week_held, k.limit_week, u.week),
    ('month', u.month_spent + u.month_held, k.limit_month, u.month)) AS l (part, used, "limit", from_day)
  UNION ALL
  SELECT m.organization_id, 'member', m.user_id, l.part, sum(l.used), l."limit", m.limits_set_at, l.from_day
  FROM member m
  JOIN api_key k ON k.organization_id = m.organization_id AND k.owner_id = m.user_id
  JOIN key_usage u ON u.organization_id = k.organization_id AND u.key_id = k.id
  CROSS JOIN LATERAL (VALUES ('total', u.total_spent + u.total_held, m.limit_total, '-infinity'::date),
    ('day', u.day_spent + u.day_held, m.limit_day, u.day), ('week', u.week_spent + u.week_held, m.limit_week, u.week),
    ('month', u.month_spent + u.month_held, m.limit_month, u.month)) AS l (part, used, "limit", from_day)
  GROUP BY m.organization_id, m.user_id, l.part, l."limit", m.limits_set_at, l.from_day
)
SELECT r.organization_id, r.whose, r.id, r.part, r.used, r."limit", 'spent and held are beyond the limit' AS problem
FROM reached r
WHERE r.used > r."limit" AND EXISTS (
  SELECT 1 FROM accepted a JOIN api_key k ON k.organization_id = a.organization_id AND k.id = a.key_id
  WHERE a.organization_id = r.organization_id AND r.id = CASE r.whose WHEN 'key' THEN k.id ELSE k.owner_id END
    AND a.day >= r.from_day AND a.at > r.set_at)
UNION ALL
SELECT s.organization_id, 'payg', NULL, 'cycle', s.payg_spent + s.payg_held, s.payg_limit, 'spent and held are beyond the limit'
FROM subscription s
WHERE s.status = 'active' AND s.payg_spent + s.payg_held > s.payg_limit AND EXISTS (
  SELECT 1 FROM accepted a WHERE a.organization_id = s.organization_id AND a.payg AND a.at >= s.cycle_start
    AND a.at > s.payg_set_at)
