-- The price that is left at the standard rate after the plan has paid `p_paid` of its own, discounted price.
CREATE OR REPLACE FUNCTION ledger.rest_of_price(p_price bigint, p_plan_price bigint, p_paid bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN p_plan_price = p_price THEN p_price - p_paid
    WHEN p_paid = 0 THEN p_price
    ELSE round(p_price::numeric * (p_plan_price - p_paid) / p_plan_price)::bigint
  END;
$$;

-- Adds two arrays element by element; missing elements of the shorter one count as 0.
CREATE OR REPLACE FUNCTION ledger.add_arrays(p_left bigint[], p_right bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(
    SELECT coalesce(u.a, 0) + coalesce(u.b, 0)
    FROM unnest(p_left, p_right) WITH ORDINALITY AS u (a, b, place)
    ORDER BY u.place
  );
$$;

CREATE OR REPLACE AGGREGATE ledger.sum_arrays(bigint[]) (SFUNC = ledger.add_arrays, STYPE = bigint[], INITCOND = '{}');

-- Adds two arrays of quantities by meter slot. The first twelve slots are written out, because that is fast. Only a
-- catalogue whose calls count more meters pays for the others.
CREATE OR REPLACE FUNCTION ledger.add_quantities(a bigint[], b bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN cardinality(a) > 12 OR cardinality(b) > 12 THEN ledger.add_arrays(a, b)
    ELSE ARRAY[
      coalesce(a[1], 0) + coalesce(b[1], 0),
      coalesce(a[2], 0) + coalesce(b[2], 0),
      coalesce(a[3], 0) + coalesce(b[3], 0),
      coalesce(a[4], 0) + coalesce(b[4], 0),
      coalesce(a[5], 0) + coalesce(b[5], 0),
      coalesce(a[6], 0) + coalesce(b[6], 0),
      coalesce(a[7], 0) + coalesce(b[7], 0),
      coalesce(a[8], 0) + coalesce(b[8], 0),
      coalesce(a[9], 0) + coalesce(b[9], 0),
      coalesce(a[10], 0) + coalesce(b[10], 0),
      coalesce(a[11], 0) + coalesce(b[11], 0),
      coalesce(a[12], 0) + coalesce(b[12], 0)
    ]
  END;
$$;

-- The counters of a key (`p_member_id` null) or of a member (`p_key_id` null) in the windows that contain a day: spent
-- and held. An ended window counts as zero, even if its row still has values.
CREATE OR REPLACE FUNCTION ledger.used_in_windows(
  p_organization_id uuid,
  p_key_id uuid,
  p_member_id uuid,
  p_day date,
  OUT total bigint,
  OUT day bigint,
  OUT week bigint,
  OUT month bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_week date := date_trunc('week', p_day::timestamp)::date;
  v_month date := date_trunc('month', p_day::timestamp)::date;
BEGIN
  SELECT
    coalesce(sum(u.total_spent + u.total_held), 0),
    coalesce(sum(u.day_spent + u.day_held) FILTER (WHERE u.day = p_day), 0),
    coalesce(sum(u.week_spent + u.week_held) FILTER (WHERE u.week = v_week), 0),
    coalesce(sum(u.month_spent + u.month_held) FILTER (WHERE u.month = v_month), 0)
  INTO total, day, week, month
  FROM key_usage u
  WHERE u.organization_id = p_organization_id
    AND (p_key_id IS NULL OR u.key_id = p_key_id)
    AND (p_member_id IS NULL OR u.member_id = p_member_id);
END
$$;

-- The tightest limited window of a key on a day of the organization's calendar.
CREATE OR REPLACE FUNCTION ledger.tightest_window(p_organization_id uuid, p_key_id uuid, p_day date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_used record;
BEGIN
  SELECT * INTO STRICT v_used FROM ledger.used_in_windows(p_organization_id, p_key_id, NULL, p_day);
  RETURN (
    SELECT rooms.name
    FROM api_key a
    CROSS JOIN LATERAL (VALUES
      (a.limit_total - v_used.total, 'total'),
      (a.limit_day - v_used.day, 'day'),
      (a.limit_week - v_used.week, 'week'),
      (a.limit_month - v_used.month, 'month')
    ) AS rooms (room, name)
    WHERE a.organization_id = p_organization_id AND a.id = p_key_id AND rooms.room IS NOT NULL
    ORDER BY rooms.room
    LIMIT 1
  );
END
$$;

-- The rest of a member's tightest limit. Their keys count for the time that they owned them. Null without a member, and
-- for a member without limits.
CREATE OR REPLACE FUNCTION ledger.member_room(p_organization_id uuid, p_user_id uuid, p_day date) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_used record;
BEGIN
  SELECT * INTO STRICT v_used FROM ledger.used_in_windows(p_organization_id, NULL, p_user_id, p_day);
  RETURN (
    SELECT least(
      m.limit_total - v_used.total,
      m.limit_day - v_used.day,
      m.limit_week - v_used.week,
      m.limit_month - v_used.month
    )
    FROM member m
    WHERE m.organization_id = p_organization_id AND m.user_id = p_user_id
  );
END
$$;

-- The first of the limited tags (`[{tag, value, limit, plan}]`) with a new value beyond the plan's limit: the tag, the
-- number of values that the plan allows, the number of registered ones, and the plan. Null if all fit.
CREATE OR REPLACE FUNCTION ledger.full_tag(p_organization_id uuid, p_limited jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object('limit', l.tag || 's', 'most', l."limit", 'count', registered.count, 'plan', l.plan)::text
    FROM jsonb_to_recordset(p_limited) AS l (tag text, value text, "limit" integer, plan text)
    CROSS JOIN LATERAL (
      SELECT count(*) AS count, coalesce(bool_or(t.value = l.value), false) AS known
      FROM tag_value t
      WHERE t.organization_id = p_organization_id AND t.tag = l.tag
    ) AS registered
    WHERE NOT registered.known AND registered.count >= l."limit"
    LIMIT 1
  );
END
$$;

CREATE OR REPLACE FUNCTION ledger.register_tags(p_organization_id uuid, p_limited jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  INSERT INTO tag_value (organization_id, tag, value, created_at)
  SELECT p_organization_id, l.tag, l.value, p_at
  FROM jsonb_to_recordset(p_limited) AS l (tag text, value text)
  ON CONFLICT DO NOTHING;
END
$$;

-- The rest of a member's limits within a batch: minus what the batch gave their keys, and minus what their ended holds
-- took beyond their ceilings. Only the next batch knows such endings in full: `unsure`.
CREATE OR REPLACE FUNCTION ledger.member_room_now(
  p_organization_id uuid,
  p_user_id uuid,
  p_day date,
  p_place integer,
  p_keys ledger.gate_key[],
  p_moves ledger.gate_move[],
  OUT room bigint,
  OUT unsure boolean
)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_given bigint;
  v_beyond bigint;
BEGIN
  SELECT coalesce(sum(k.held_change + k.spent), 0) INTO v_given
    FROM unnest(p_keys) AS k
    WHERE k.organization = p_place AND k.owner_id = p_user_id;
  SELECT coalesce(sum(greatest(0, m.cost - m.ceiling)), 0), count(*) > 0 INTO v_beyond, unsure
    FROM unnest(p_moves) AS m
    WHERE m.organization = p_place AND m.member_id = p_user_id;
  room := ledger.member_room(p_organization_id, p_user_id, p_day) - v_given - v_beyond;
END
$$;

-- Moves the counters of a key and its owner (null: none) for a call that was opened on `p_day`: in the windows that
-- contain that day, if they still run. A hold that reserved nothing opened no window, so its day may be later than the
-- counters'.
CREATE OR REPLACE FUNCTION ledger.move_key_usage(
  p_organization_id uuid,
  p_key_id uuid,
  p_member_id uuid,
  p_day date,
  p_held bigint,
  p_spent bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_week date := date_trunc('week', p_day::timestamp)::date;
  v_month date := date_trunc('month', p_day::timestamp)::date;
  v_member_id uuid := coalesce(p_member_id, ledger.nobody());
BEGIN
  UPDATE key_usage SET
    total_held = total_held + p_held,
    total_spent = total_spent + p_spent,
    day = greatest(day, p_day),
    week = greatest(week, v_week),
    month = greatest(month, v_month),
    day_held = CASE WHEN day < p_day THEN p_held WHEN day = p_day THEN day_held + p_held ELSE day_held END,
    day_spent = CASE WHEN day < p_day THEN p_spent WHEN day = p_day THEN day_spent + p_spent ELSE day_spent END,
    week_held = CASE WHEN week < v_week THEN p_held WHEN week = v_week THEN week_held + p_held ELSE week_held END,
    week_spent = CASE WHEN week < v_week THEN p_spent WHEN week = v_week THEN week_spent + p_spent ELSE week_spent END,
    month_held = CASE
      WHEN month < v_month THEN p_held
      WHEN month = v_month THEN month_held + p_held
      ELSE month_held
    END,
    month_spent = CASE
      WHEN month < v_month THEN p_spent
      WHEN month = v_month THEN month_spent + p_spent
      ELSE month_spent
    END
  WHERE organization_id = p_organization_id AND key_id = p_key_id AND member_id = v_member_id;
END
$$;
