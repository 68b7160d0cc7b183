-- Counts again what an organization's keys have spent and hold in the running day, week and month of another time zone.
-- The calls are the same, only the windows differ, so a change of the zone neither loses nor adds spending. Two days
-- may become one with more than its limit; the limits stay. The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.recount_windows(p_organization_id uuid, p_zone text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_day CONSTANT date := (p_at AT TIME ZONE p_zone)::date;
  v_week CONSTANT date := date_trunc('week', v_day::timestamp)::date;
  v_month CONSTANT date := date_trunc('month', v_day::timestamp)::date;
  -- Ids start with their time. Nine days cover every zone and the longest life of a hold.
  v_from CONSTANT uuid := ledger.uuid7_floor(least(v_week, v_month)::timestamp AT TIME ZONE p_zone - interval '9 days');
  v_set CONSTANT timestamptz := greatest(p_at, clock_timestamp());
BEGIN
  UPDATE hold SET opened_on = (opened_at AT TIME ZONE p_zone)::date
    WHERE organization_id = p_organization_id AND id >= v_from;
  WITH moved AS (
    SELECT e.key_id, coalesce(e.member_id, ledger.nobody()) AS member_id,
      coalesce(h.opened_on, (coalesce(o.posted_at, e.posted_at) AT TIME ZONE p_zone)::date) AS day,
      e.cost AS spent, 0::bigint AS held
    FROM usage_event e
    LEFT JOIN usage_event o ON e.reverses IS NOT NULL AND o.organization_id = e.organization_id AND o.id = e.reverses
    LEFT JOIN hold h ON h.organization_id = e.organization_id AND h.id = coalesce(e.hold_id, e.reverses, e.id)
    WHERE e.organization_id = p_organization_id AND e.id >= v_from AND e.key_id IS NOT NULL AND e.cost <> 0
    UNION ALL
    SELECT key_id, coalesce(member_id, ledger.nobody()), opened_on, 0, ceiling FROM hold
    WHERE organization_id = p_organization_id AND id >= v_from AND key_id IS NOT NULL AND state = 'open'
  ), sums AS (
    SELECT k.key_id, k.member_id,
      sum(m.spent) FILTER (WHERE m.day = v_day) AS day_spent, sum(m.held) FILTER (WHERE m.day = v_day) AS day_held,
      sum(m.spent) FILTER (WHERE m.day >= v_week) AS week_spent,
      sum(m.held) FILTER (WHERE m.day >= v_week) AS week_held,
      sum(m.spent) FILTER (WHERE m.day >= v_month) AS month_spent,
      sum(m.held) FILTER (WHERE m.day >= v_month) AS month_held
    FROM key_usage k LEFT JOIN moved m ON m.key_id = k.key_id AND m.member_id = k.member_id
    WHERE k.organization_id = p_organization_id GROUP BY k.key_id, k.member_id
  )
  UPDATE key_usage u SET day = v_day, week = v_week, month = v_month,
      day_spent = coalesce(s.day_spent, 0), day_held = coalesce(s.day_held, 0), week_spent = coalesce(s.week_spent, 0),
      week_held = coalesce(s.week_held, 0), month_spent = coalesce(s.month_spent, 0),
      month_held = coalesce(s.month_held, 0)
    FROM sums s WHERE u.organization_id = p_organization_id AND u.key_id = s.key_id AND u.member_id = s.member_id;
  UPDATE api_key SET limits_set_at = v_set WHERE organization_id = p_organization_id;
  UPDATE member SET limits_set_at = v_set WHERE organization_id = p_organization_id;
END
$$;
