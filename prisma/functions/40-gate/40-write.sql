-- Writes what `ledger.gate_decide` decided, each row once per batch. `ledger.gate` calls these functions under its
-- locks, with its settings.

CREATE OR REPLACE FUNCTION ledger.gate_write_holds(p_calls ledger.gate_call[], p_decisions ledger.gate_decision[])
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO hold (
    organization_id, id, idempotency_key, request_hash, key_id, member_id, endpoint, model, quantities, options, tags,
    resource_type, resource_id, fingerprint, catalogue_version, discount_percent, ceiling, ceiling_plan, grant_ids,
    grant_amounts, payg_cycle, opened_on, opened_at, first_expires_at, expires_at, available_after
  )
  SELECT
    u.organization_id, u.id, u.idempotency_key, u.request_hash, u.key_id, u.member_id, u.endpoint, u.model,
    u.quantities, u.options, u.tags, u.resource_type, u.resource_id, u.fingerprint, u.catalogue_version,
    u.discount_percent, u.amount, u.amount_plan, u.taken_from, u.taken_amounts, u.payg_cycle, u.day, u.at,
    to_timestamp(u.hold_expires_at / 1000.0), to_timestamp(u.hold_expires_at / 1000.0), u.available
  FROM unnest(p_calls, p_decisions) AS u
  WHERE u.kind = 'hold' AND u.outcome = 'ok';
END
$$;

-- Ends the holds that were settled or released. Returns the usage of the settled ones.
CREATE OR REPLACE FUNCTION ledger.gate_write_ends(p_calls ledger.gate_call[], p_decisions ledger.gate_decision[])
RETURNS ledger.gate_event[]
LANGUAGE plpgsql AS $$
DECLARE
  v_events ledger.gate_event[];
BEGIN
  WITH ended AS (
    UPDATE hold h SET
      state = CASE u.kind WHEN 'settle' THEN 'settled' ELSE 'released' END,
      ended_at = u.at,
      end_key = u.idempotency_key,
      end_hash = u.request_hash,
      end_available = u.available,
      cost = u.amount,
      cost_plan = u.amount_plan,
      waived = u.waived,
      transaction_seq = u.seq
    FROM unnest(p_calls, p_decisions) AS u
    WHERE u.outcome = 'ok' AND u.kind IN ('settle', 'release')
      AND h.organization_id = u.organization_id AND h.id = u.id AND h.state = 'open'
    RETURNING
      h.organization_id, h.id, coalesce(u.occurred_at, u.at) AS occurred_at, h.ended_at, h.key_id, h.member_id,
      h.endpoint, h.model, u.quantities, coalesce(u.options, h.options) AS options, h.tags, h.resource_type,
      h.resource_id, h.catalogue_version, h.discount_percent, h.cost, h.cost_plan, h.waived, h.transaction_seq,
      u.usage, h.state
  )
  SELECT array_agg(ROW(
    organization_id, id, occurred_at, ended_at, key_id, member_id, endpoint, model, quantities, options, tags,
    resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, waived, transaction_seq, usage
  )::ledger.gate_event)
  INTO v_events
  FROM ended
  WHERE state = 'settled';
  RETURN v_events;
END
$$;

-- The usage of the charges.
CREATE OR REPLACE FUNCTION ledger.gate_charged(p_calls ledger.gate_call[], p_decisions ledger.gate_decision[])
RETURNS ledger.gate_event[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(
    SELECT ROW(
      u.organization_id, u.id, coalesce(u.occurred_at, u.at), u.at, u.key_id, u.member_id, u.endpoint, u.model,
      u.quantities, u.options, u.tags, u.resource_type, u.resource_id, u.catalogue_version, u.discount_percent,
      u.amount, u.amount_plan, 0, u.seq, NULL
    )::ledger.gate_event
    FROM unnest(p_calls, p_decisions) AS u
    WHERE u.kind = 'charge' AND u.outcome = 'ok'
  );
END
$$;

-- The first twelve sums of quantities are written out, because that is fast; see ledger.add_quantities.
CREATE OR REPLACE FUNCTION ledger.gate_write_usage(p_events ledger.gate_event[], p_rollup_tags text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_event (
    organization_id, id, occurred_at, posted_at, key_id, member_id, endpoint, model, quantities, options, tags,
    resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, waived, transaction_seq, usage
  )
  SELECT * FROM unnest(p_events);

  INSERT INTO usage_rollup AS w (
    organization_id, bucket, endpoint, model, key_id, member_id, requests, quantities, cost
  )
  SELECT
    e.organization_id,
    date_bin('15 minutes', e.occurred_at, 'epoch'),
    e.endpoint,
    e.model,
    coalesce(e.key_id, ledger.nobody()),
    coalesce(e.member_id, ledger.nobody()),
    count(*),
    ARRAY[
      sum(e.quantities[1]), sum(e.quantities[2]), sum(e.quantities[3]), sum(e.quantities[4]), sum(e.quantities[5]),
      sum(e.quantities[6]), sum(e.quantities[7]), sum(e.quantities[8]), sum(e.quantities[9]), sum(e.quantities[10]),
      sum(e.quantities[11]), sum(e.quantities[12])
    ]::bigint[] || ledger.sum_arrays(e.quantities[13:]) FILTER (WHERE cardinality(e.quantities) > 12),
    sum(e.cost)
  FROM unnest(p_events) AS e
  GROUP BY 1, 2, 3, 4, 5, 6
  ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (organization_id, bucket, endpoint, model, key_id, member_id) DO UPDATE SET
    requests = w.requests + excluded.requests,
    cost = w.cost + excluded.cost,
    quantities = ledger.add_quantities(w.quantities, excluded.quantities);
END
$$;

-- A transaction with its entries for each call with a cost, and a record of the keys of all others.
-- Raises unique_violation when a settle at no cost has the key of another settle.
CREATE OR REPLACE FUNCTION ledger.gate_write_transactions(
  p_calls ledger.gate_call[],
  p_decisions ledger.gate_decision[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO transaction (
    organization_id, seq, type, amount, amount_plan, balance_after, available_after, posted_at, scope, idempotency_key,
    request_hash, event_id, key_id
  )
  SELECT
    u.organization_id, u.seq, 'deduction', -u.amount, -u.amount_plan, u.balance, u.available, u.at, u.kind,
    u.idempotency_key, u.request_hash, u.id, u.key_id
  FROM unnest(p_calls, p_decisions) AS u
  WHERE u.outcome = 'ok' AND u.seq > 0;

  INSERT INTO entry (organization_id, transaction_seq, line, account, grant_id, amount)
  SELECT d.organization_id, d.seq, 0, 'usage', NULL, d.amount
  FROM unnest(p_decisions) AS d
  WHERE d.outcome = 'ok' AND d.seq > 0
  UNION ALL
  SELECT
    d.organization_id,
    d.seq,
    part.line,
    CASE WHEN part.grant_id IS NULL THEN 'debt' ELSE 'grant' END,
    part.grant_id,
    -part.amount
  FROM unnest(p_decisions) AS d
  CROSS JOIN LATERAL unnest(d.taken_from, d.taken_amounts) WITH ORDINALITY AS part (grant_id, amount, line)
  WHERE d.outcome = 'ok' AND d.seq > 0;

  IF EXISTS (
    SELECT 1
    FROM unnest(p_calls, p_decisions) AS u
    JOIN transaction t ON t.organization_id = u.organization_id AND t.scope = 'settle'
      AND t.idempotency_key = u.idempotency_key
    WHERE u.outcome = 'ok' AND u.kind = 'settle' AND u.seq IS NULL
  ) THEN
    RAISE unique_violation USING MESSAGE = 'the idempotency key settled another hold';
  END IF;

  -- Calls without a transaction for their key: releases and free calls. Internal keys start with a space.
  INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer, created_at)
  SELECT
    u.organization_id, u.kind, u.idempotency_key, u.request_hash,
    jsonb_build_object('id', u.id, 'available', u.available), u.at
  FROM unnest(p_calls, p_decisions) AS u
  WHERE u.outcome = 'ok' AND u.kind <> 'hold' AND u.seq IS NULL AND u.idempotency_key NOT LIKE ' %';
END
$$;

-- The counters of balances, grants, subscriptions and keys.
CREATE OR REPLACE FUNCTION ledger.gate_write_counters(
  p_organizations ledger.gate_organization[],
  p_keys ledger.gate_key[],
  p_moves ledger.gate_move[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_move ledger.gate_move;
BEGIN
  UPDATE balance b SET
    seq = o.seq,
    debt = (o.credit).debt,
    posted_at = o.at
  FROM unnest(p_organizations) AS o
  WHERE b.organization_id = o.id AND b.seq < o.seq;

  UPDATE "grant" g SET
    held = g.held + u.held_change,
    remaining = g.remaining - u.spent,
    live = g.remaining > u.spent OR g.held + u.held_change > 0
  FROM (
    SELECT o.id AS organization_id, changed.id, changed.held_change, changed.spent
    FROM unnest(p_organizations) AS o
    CROSS JOIN LATERAL unnest((o.credit).grants) AS changed
    WHERE changed.held_change <> 0 OR changed.spent <> 0
  ) AS u
  WHERE g.organization_id = u.organization_id AND g.id = u.id;

  UPDATE subscription s SET
    payg_held = s.payg_held + o.payg_held_change,
    payg_spent = s.payg_spent + o.payg_spent
  FROM unnest(p_organizations) AS o
  WHERE (o.payg_held_change <> 0 OR o.payg_spent <> 0) AND s.organization_id = o.id AND s.status = 'active';

  -- A window that has ended starts again at zero.
  UPDATE key_usage s SET
    total_spent = s.total_spent + u.spent,
    total_held = s.total_held + u.held_change,
    used_at = u.at,
    day = u.day,
    day_spent = CASE WHEN s.day = u.day THEN s.day_spent ELSE 0 END + u.spent,
    day_held = CASE WHEN s.day = u.day THEN s.day_held ELSE 0 END + u.held_change,
    week = u.week,
    week_spent = CASE WHEN s.week = u.week THEN s.week_spent ELSE 0 END + u.spent,
    week_held = CASE WHEN s.week = u.week THEN s.week_held ELSE 0 END + u.held_change,
    month = u.month,
    month_spent = CASE WHEN s.month = u.month THEN s.month_spent ELSE 0 END + u.spent,
    month_held = CASE WHEN s.month = u.month THEN s.month_held ELSE 0 END + u.held_change
  FROM (
    SELECT k.id, k.owner_id, k.held_change, k.spent, o.id AS organization_id, o.at, o.day,
      date_trunc('week', o.day::timestamp)::date AS week,
      date_trunc('month', o.day::timestamp)::date AS month
    FROM unnest(p_keys) AS k
    CROSS JOIN LATERAL (SELECT (p_organizations[k.organization]).*) AS o
    WHERE k.held_change <> 0 OR k.spent <> 0
  ) AS u
  WHERE s.organization_id = u.organization_id AND s.key_id = u.id AND s.member_id = u.owner_id;

  FOREACH v_move IN ARRAY p_moves LOOP
    PERFORM ledger.move_key_usage((p_organizations[v_move.organization]).id, v_move.key_id, v_move.member_id,
      v_move.day, -v_move.ceiling, v_move.cost);
  END LOOP;
END
$$;

-- Writes all rows of the decisions. `p_kinds` are the batch's kinds.
CREATE OR REPLACE FUNCTION ledger.gate_write(
  p_kinds text[],
  p_calls ledger.gate_call[],
  p_decisions ledger.gate_decision[],
  p_organizations ledger.gate_organization[],
  p_keys ledger.gate_key[],
  p_moves ledger.gate_move[],
  p_rollup_tags text[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_ends boolean := p_kinds && ARRAY['settle', 'release'];
  v_charges boolean := 'charge' = ANY (p_kinds);
  v_events ledger.gate_event[];
BEGIN
  IF 'hold' = ANY (p_kinds) THEN
    PERFORM ledger.gate_write_holds(p_calls, p_decisions);
  END IF;
  IF v_ends THEN
    v_events := ledger.gate_write_ends(p_calls, p_decisions);
  END IF;
  IF v_charges THEN
    v_events := v_events || ledger.gate_charged(p_calls, p_decisions);
  END IF;
  IF cardinality(v_events) > 0 THEN
    PERFORM ledger.gate_write_usage(v_events, p_rollup_tags);
    PERFORM ledger.gate_write_tag_sums(v_events, p_rollup_tags);
    PERFORM ledger.gate_write_tags(v_events, p_rollup_tags);
  END IF;
  IF v_ends OR v_charges THEN
    PERFORM ledger.gate_write_transactions(p_calls, p_decisions);
  END IF;
  PERFORM ledger.gate_write_counters(p_organizations, p_keys, p_moves);
END
$$;
