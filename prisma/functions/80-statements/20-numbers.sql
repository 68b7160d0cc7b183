-- The changes of each kind of credit by the transactions from one number to before another, by type. Amounts are texts,
-- because JSON's numbers are not exact.
CREATE OR REPLACE FUNCTION ledger.statement_movements(p_organization_id uuid, p_from bigint, p_to bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT coalesce(jsonb_object_agg(m.type, m.amounts), '{}')
    FROM (
      SELECT t.type, jsonb_build_object(
          'transactions', count(DISTINCT t.seq)::text,
          'plan', coalesce(sum(e.amount) FILTER (WHERE g.kind = 'plan'), 0)::text,
          'purchased', coalesce(sum(e.amount) FILTER (WHERE g.kind = 'purchased'), 0)::text,
          'promotional', coalesce(sum(e.amount) FILTER (WHERE g.kind = 'promotional'), 0)::text,
          'adjustment', coalesce(sum(e.amount) FILTER (WHERE g.kind = 'adjustment'), 0)::text,
          'debt', coalesce(sum(e.amount) FILTER (WHERE e.account = 'debt'), 0)::text
        ) AS amounts
      FROM transaction t
      JOIN entry e ON e.organization_id = t.organization_id
        AND e.transaction_seq = t.seq
        AND e.account IN ('grant', 'debt')
      LEFT JOIN "grant" g ON g.organization_id = e.organization_id AND g.id = e.grant_id
      WHERE t.organization_id = p_organization_id
        AND e.organization_id = p_organization_id
        AND t.seq >= p_from
        AND t.seq < p_to
      GROUP BY t.type
    ) AS m
  );
END
$$;

-- The credit that is left after the transactions from one number to before another, each grant with its rest.
-- `p_opening` is the same list at the start.
CREATE OR REPLACE FUNCTION ledger.statement_grants(
  p_organization_id uuid,
  p_from bigint,
  p_to bigint,
  p_opening jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', g.id,
        'kind', g.kind,
        'source', g.source,
        'createdAt', g.created_at,
        'expiresAt', g.expires_at,
        'amount', g.amount::text,
        'remaining', r.remaining::text
      ) ORDER BY ledger.burn_order(g)), '[]')
    FROM (
      SELECT c.grant_id, sum(c.amount) AS remaining
      FROM (
        SELECT (o.value ->> 'id')::uuid AS grant_id, (o.value ->> 'remaining')::bigint AS amount
        FROM jsonb_array_elements(p_opening) AS o
        UNION ALL
        SELECT e.grant_id, sum(e.amount)
        FROM entry e
        WHERE e.organization_id = p_organization_id
          AND e.transaction_seq >= p_from
          AND e.transaction_seq < p_to
          AND e.account = 'grant'
        GROUP BY e.grant_id
      ) AS c
      GROUP BY c.grant_id
      HAVING sum(c.amount) <> 0
    ) AS r
    JOIN "grant" g ON g.organization_id = p_organization_id AND g.id = r.grant_id
  );
END
$$;

-- Calls and costs of the events that were posted in a month, by model, endpoint, key and member. `earlier` is the part
-- that happened before the month. An event's id has the time at which its call was opened, at most seven days before.
CREATE OR REPLACE FUNCTION ledger.statement_usage(
  p_organization_id uuid,
  p_to bigint,
  p_starts_at timestamptz,
  p_ends_at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT jsonb_build_object(
      'total', coalesce(jsonb_agg(u.line) FILTER (WHERE u.level = 15), '[]') -> 0,
      'byModel', coalesce(jsonb_agg(u.line ORDER BY u.cost DESC, u.id) FILTER (WHERE u.level = 7), '[]'),
      'byEndpoint', coalesce(jsonb_agg(u.line ORDER BY u.cost DESC, u.id) FILTER (WHERE u.level = 11), '[]'),
      'byKey', coalesce(jsonb_agg(u.line ORDER BY u.cost DESC, u.id) FILTER (WHERE u.level = 13), '[]'),
      'byMember', coalesce(jsonb_agg(u.line ORDER BY u.cost DESC, u.id) FILTER (WHERE u.level = 14), '[]')
    )
    FROM (
      SELECT s.*, jsonb_build_object(
          'id', s.id,
          'calls', s.calls::text,
          'cost', s.cost::text,
          'earlierCalls', s.earlier_calls::text,
          'earlierCost', s.earlier_cost::text
        ) AS line
      FROM (
        SELECT
          grouping(e.model, e.endpoint, e.key_id, e.member_id) AS level,
          coalesce(e.model, e.endpoint, e.key_id::text, e.member_id::text) AS id,
          coalesce(sum(e.requests), 0) AS calls,
          coalesce(sum(e.cost), 0) AS cost,
          coalesce(sum(e.requests) FILTER (WHERE e.occurred_at < p_starts_at), 0) AS earlier_calls,
          coalesce(sum(e.cost) FILTER (WHERE e.occurred_at < p_starts_at), 0) AS earlier_cost
        FROM usage_event e
        WHERE e.organization_id = p_organization_id
          AND e.id >= ledger.uuid7_floor(p_starts_at - interval '8 days')
          AND e.id < ledger.uuid7_floor(p_ends_at)
          AND e.posted_at >= p_starts_at
          AND e.posted_at < p_ends_at
          AND (e.transaction_seq IS NULL OR e.transaction_seq < p_to)
        GROUP BY GROUPING SETS ((e.model), (e.endpoint), (e.key_id), (e.member_id), ())
      ) AS s
    ) AS u
  );
END
$$;

-- What the calls that ran at an instant had reserved.
CREATE OR REPLACE FUNCTION ledger.statement_reserved(p_organization_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(h.ceiling), 0)
    FROM hold h
    WHERE h.organization_id = p_organization_id
      AND h.id >= ledger.uuid7_floor(p_at - interval '8 days')
      AND h.id < ledger.uuid7_floor(p_at)
      AND h.opened_at < p_at
      AND (h.ended_at IS NULL OR h.ended_at >= p_at)
  );
END
$$;

-- The numbers of one month: the transactions from one number to before another, what was used from one instant to
-- before another, and the credit at the end. `p_opening` is the month before in the same form, null for the first.
CREATE OR REPLACE FUNCTION ledger.statement_numbers(
  p_organization_id uuid,
  p_from bigint,
  p_to bigint,
  p_starts_at timestamptz,
  p_ends_at timestamptz,
  p_opening jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_movements jsonb := ledger.statement_movements(p_organization_id, p_from, p_to);
  v_grants jsonb := ledger.statement_grants(
    p_organization_id, p_from, p_to, coalesce(p_opening -> 'grants', '[]'));
  v_debt bigint := (
    SELECT coalesce(sum((m.value ->> 'debt')::bigint), 0) + coalesce((p_opening ->> 'debt')::bigint, 0)
    FROM jsonb_each(v_movements) AS m
  );
BEGIN
  RETURN jsonb_build_object(
    'movements', v_movements,
    'usage', ledger.statement_usage(p_organization_id, p_to, p_starts_at, p_ends_at),
    'grants', v_grants,
    'debt', v_debt::text,
    'reserved', ledger.statement_reserved(p_organization_id, p_ends_at)::text
  );
END
$$;
