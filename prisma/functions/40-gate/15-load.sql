-- The reads of the gate before it decides. `ledger.gate` calls these functions under its locks, with its settings.

-- Only locks. Later statements read the state, and see the changes that the locks waited for. Returns which
-- organizations are locked; with `p_skip_locked`, it leaves out those that another session has locked.
CREATE OR REPLACE FUNCTION ledger.gate_lock(p_organizations uuid[], p_skip_locked boolean) RETURNS boolean[]
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT p_skip_locked THEN
    PERFORM 1 FROM balance WHERE organization_id = ANY (p_organizations) ORDER BY organization_id FOR UPDATE;
    RETURN array_fill(true, ARRAY[cardinality(p_organizations)]);
  END IF;
  RETURN ARRAY(
    SELECT locked.id IS NOT NULL
    FROM unnest(p_organizations) WITH ORDINALITY AS wanted (id, place)
    LEFT JOIN (
      SELECT organization_id AS id
      FROM balance
      WHERE organization_id = ANY (p_organizations)
      ORDER BY organization_id
      FOR UPDATE SKIP LOCKED
    ) AS locked ON locked.id = wanted.id
    ORDER BY wanted.place
  );
END
$$;

-- The organizations of a batch with their live grants in burn order.
CREATE OR REPLACE FUNCTION ledger.gate_organizations(p_organizations uuid[], p_locked boolean[], p_now timestamptz)
RETURNS ledger.gate_organization[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT array_agg(loaded::ledger.gate_organization)
    FROM (
      SELECT
        wanted.id,
        CASE
          WHEN o.deleted_at IS NOT NULL THEN 'deleted'
          WHEN b.organization_id IS NULL THEN 'unknown'
          WHEN NOT wanted.locked THEN 'busy'
          ELSE 'active'
        END AS state,
        coalesce(s.cycle_end <= p_now AND (s.free OR s.cycle + 1 < s.paid_cycles), false)
          OR coalesce(credit.due, false) AS due,
        greatest(p_now, b.posted_at) AS at,
        (greatest(p_now, b.posted_at) AT TIME ZONE o.time_zone)::date AS day,
        coalesce(b.seq, 0) AS seq,
        b.top_up_below,
        coalesce(s.version, 0) AS plan_version,
        s.cycle,
        coalesce(s.payg_mode = 'toggle' AND (NOT s.payg_enabled OR s.payg_limit = 0), false) AS payg_off,
        s.payg_limit - s.payg_spent - s.payg_held AS payg_room,
        coalesce(credit.balance, 0)::bigint AS balance,
        ROW(
          coalesce(credit.plan, 0),
          coalesce(credit.prepaid, 0),
          coalesce(b.debt, 0),
          credit.grants,
          NULL,
          NULL
        )::ledger.gate_credit AS credit,
        0::bigint AS payg_held_change,
        0::bigint AS payg_spent
      FROM unnest(p_organizations, p_locked) WITH ORDINALITY AS wanted (id, locked, place)
      LEFT JOIN balance b ON b.organization_id = wanted.id
      LEFT JOIN organization o ON o.id = wanted.id
      LEFT JOIN subscription s ON s.organization_id = wanted.id AND s.status = 'active'
      CROSS JOIN LATERAL (
        SELECT
          bool_or(g.expired AND g.remaining > g.held) AS due,
          sum(g.remaining) AS balance,
          sum(g.free) FILTER (WHERE g.plan) AS plan,
          sum(g.free) FILTER (WHERE NOT g.plan) AS prepaid,
          array_agg(ROW(g.id, g.plan, g.expired, g.free, 0, 0)::ledger.gate_grant) AS grants
        FROM (
          SELECT
            stored.id,
            stored.remaining,
            stored.held,
            stored.kind = 'plan' AS plan,
            coalesce(stored.expires_at <= p_now, false) AS expired,
            CASE WHEN stored.expires_at <= p_now THEN 0 ELSE stored.remaining - stored.held END AS free
          FROM "grant" stored
          WHERE stored.organization_id = wanted.id AND stored.live
          ORDER BY ledger.burn_order(stored)
        ) AS g
      ) AS credit
      ORDER BY wanted.place
    ) AS loaded
  );
END
$$;

-- The keys of a batch, in its order. Held credit counts as spent; a key's spending for former owners counts for the
-- key.
CREATE OR REPLACE FUNCTION ledger.gate_keys(
  p_keys uuid[],
  p_key_organizations integer[],
  p_organizations ledger.gate_organization[],
  p_now timestamptz
) RETURNS ledger.gate_key[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT array_agg(loaded::ledger.gate_key)
    FROM (
      SELECT
        wanted.id,
        wanted.organization,
        a.id IS NOT NULL AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > p_now) AS active,
        a.generation AS newest_generation,
        CASE WHEN a.previous_until > p_now THEN a.generation - 1 ELSE a.generation END AS oldest_generation,
        a.endpoints <> '{}' OR a.models <> '{}' AS restricted,
        least(
          a.limit_total - used.total,
          a.limit_day - used.day,
          a.limit_week - used.week,
          a.limit_month - used.month
        ) AS room,
        coalesce(a.owner_id, ledger.nobody()) AS owner_id,
        coalesce(m.limit_total, m.limit_day, m.limit_week, m.limit_month) IS NOT NULL AS owner_limited,
        false AS unsure,
        0::bigint AS held_change,
        0::bigint AS spent
      FROM (
        SELECT u.id, u.organization, u.place, (p_organizations[u.organization]).id AS organization_id,
          (p_organizations[u.organization]).day AS day
        FROM unnest(p_keys, p_key_organizations) WITH ORDINALITY AS u (id, organization, place)
      ) AS wanted
      LEFT JOIN api_key a ON a.organization_id = wanted.organization_id AND a.id = wanted.id
      LEFT JOIN LATERAL (
        SELECT
          sum(w.total_spent + w.total_held)::bigint AS total,
          coalesce(sum(w.day_spent + w.day_held) FILTER (WHERE w.day = wanted.day), 0)::bigint AS day,
          coalesce(sum(w.week_spent + w.week_held)
            FILTER (WHERE w.week = date_trunc('week', wanted.day::timestamp)::date), 0)::bigint AS week,
          coalesce(sum(w.month_spent + w.month_held)
            FILTER (WHERE w.month = date_trunc('month', wanted.day::timestamp)::date), 0)::bigint AS month
        FROM key_usage w
        WHERE w.organization_id = wanted.organization_id AND w.key_id = wanted.id
      ) AS used ON true
      LEFT JOIN member m ON m.organization_id = a.organization_id AND m.user_id = a.owner_id
      ORDER BY wanted.place
    ) AS loaded
  );
END
$$;

-- Which gateway secrets of a batch still work, in its order.
CREATE OR REPLACE FUNCTION ledger.gate_secrets(p_secrets uuid[]) RETURNS boolean[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(
    SELECT coalesce(s.revoked_at IS NULL AND s.id IS NOT NULL, false)
    FROM unnest(p_secrets) WITH ORDINALITY AS wanted (id, place)
    LEFT JOIN gateway_secret s ON s.id = wanted.id
    ORDER BY wanted.place
  );
END
$$;

-- The open holds that the calls of a batch end, in its order.
CREATE OR REPLACE FUNCTION ledger.gate_holds(p_organizations uuid[], p_calls ledger.gate_call[])
RETURNS ledger.gate_hold[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(c.ordinality::integer, h.ceiling, h.ceiling_plan, h.opened_on, h.payg_cycle,
      coalesce(h.member_id, ledger.nobody()), h.grant_ids, h.grant_amounts)::ledger.gate_hold
    FROM unnest(p_calls) WITH ORDINALITY AS c
    JOIN hold h ON h.organization_id = p_organizations[c.organization] AND h.id = c.id AND h.state = 'open'
    WHERE c.kind IN ('settle', 'release')
    ORDER BY c.ordinality
  );
END
$$;
