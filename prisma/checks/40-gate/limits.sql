-- The spent and held amounts of a key, of a member's keys while they owned them, and of a PAYG cycle are within the
-- limit of the latest accepted call. A limit that is lower since then only refuses new calls; PAYG's limit only calls
-- that prepaid credit pays. Late usage counts where its hold did, and no limit stops it, so this check leaves out its
-- cost and its refunds.
WITH accepted AS (
  SELECT organization_id, key_id, member_id, opened_on AS day, opened_at AS at, ceiling > ceiling_plan AS payg FROM hold
    WHERE ceiling > 0
  UNION ALL
  SELECT e.organization_id, e.key_id, e.member_id, (e.posted_at AT TIME ZONE z.time_zone)::date, e.posted_at,
    e.cost > e.cost_plan
  FROM ledger.usage_event e JOIN organization z ON z.id = e.organization_id
  WHERE e.cost > 0 AND e.usage IS DISTINCT FROM 'late'
    AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.organization_id = e.organization_id AND h.id = e.id)
), late AS (
  SELECT e.organization_id, e.key_id, coalesce(e.member_id, ledger.nobody()) AS member_id, h.opened_on, h.payg_cycle,
    e.cost, e.cost - e.cost_plan AS prepaid
  FROM ledger.usage_event e JOIN hold h ON h.organization_id = e.organization_id AND h.id = e.hold_id
), used AS (
  SELECT u.organization_id, u.key_id, u.member_id, l.part, l.from_day, l.used - coalesce((SELECT sum(t.cost) FROM late t
      WHERE t.organization_id = u.organization_id AND t.key_id = u.key_id AND t.member_id = u.member_id
        AND (l.part = 'total' OR date_trunc(l.part, t.opened_on)::date = l.from_day)), 0) AS used
  FROM key_usage u
  CROSS JOIN LATERAL (VALUES ('total', u.total_spent + u.total_held, '-infinity'::date),
    ('day', u.day_spent + u.day_held, u.day), ('week', u.week_spent + u.week_held, u.week),
    ('month', u.month_spent + u.month_held, u.month)) AS l (part, used, from_day)
), limited AS (
  SELECT k.organization_id, 'key' AS whose, k.id, k.limits_set_at AS set_at, l.part, l."limit"
  FROM api_key k
  CROSS JOIN LATERAL (VALUES ('total', k.limit_total), ('day', k.limit_day), ('week', k.limit_week),
    ('month', k.limit_month)) AS l (part, "limit")
  UNION ALL
  SELECT m.organization_id, 'member', m.user_id, m.limits_set_at, l.part, l."limit"
  FROM member m
  CROSS JOIN LATERAL (VALUES ('total', m.limit_total), ('day', m.limit_day), ('week', m.limit_week),
    ('month', m.limit_month)) AS l (part, "limit")
), reached AS (
  SELECT l.organization_id, l.whose, l.id, l.part, sum(u.used) AS used, l."limit", l.set_at, u.from_day
  FROM limited l
  JOIN used u ON u.organization_id = l.organization_id AND u.part = l.part
    AND l.id = CASE l.whose WHEN 'key' THEN u.key_id ELSE u.member_id END
  WHERE l."limit" IS NOT NULL
  GROUP BY l.organization_id, l.whose, l.id, l.part, l."limit", l.set_at, u.from_day
)
SELECT r.organization_id, r.whose, r.id, r.part, r.used, r."limit", 'spent and held are beyond the limit' AS problem
FROM reached r
WHERE r.used > r."limit" AND EXISTS (
  SELECT 1 FROM accepted a
  WHERE a.organization_id = r.organization_id AND r.id = CASE r.whose WHEN 'key' THEN a.key_id ELSE a.member_id END
    AND a.day >= r.from_day AND a.at > r.set_at)
UNION ALL
SELECT s.organization_id, 'payg', NULL, 'cycle', s.payg_spent + s.payg_held, s.payg_limit,
  'spent and held are beyond the limit'
FROM subscription s
WHERE s.status = 'active' AND s.payg_spent + s.payg_held - coalesce((SELECT sum(t.prepaid) FROM late t
    WHERE t.organization_id = s.organization_id AND t.payg_cycle = s.cycle), 0) > s.payg_limit AND EXISTS (
  SELECT 1 FROM accepted a WHERE a.organization_id = s.organization_id AND a.payg AND a.at >= s.cycle_start
    AND a.at > s.payg_set_at)
