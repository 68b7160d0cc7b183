-- Writes what the gate decided: holds, ended holds, events, rollups, transactions, entries, and the counters of
-- balances, grants, keys and subscriptions, each row once per batch. Called by ledger.gate only, under its locks.
CREATE OR REPLACE FUNCTION ledger.gate_write(
  p_organizations uuid[], p_keys uuid[], p_key_organization integer[], p_rollup_tags text[], p_kind text[],
  p_organization integer[], p_key integer[], p_id uuid[], p_idempotency_key text[], p_request_hash uuid[],
  p_endpoint text[], p_model text[], p_quantities text[], p_options jsonb[], p_tags jsonb[], p_resource_type text[],
  p_resource_id text[], p_fingerprint text[], p_occurred_at timestamptz[], p_catalogue_version integer[],
  p_discount integer[], r_outcome text[], r_amount bigint[], r_plan bigint[], r_waived bigint[], r_available bigint[],
  r_balance bigint[], r_expires bigint[], r_seq bigint[], r_grants text[], r_amounts text[], r_payg integer[],
  o_at timestamptz[], o_day date[], o_seq bigint[], o_debt bigint[], o_payg_held bigint[], o_payg_spent bigint[],
  g_org integer[], g_id uuid[], g_held bigint[], g_spent bigint[], k_owner uuid[], k_held bigint[], k_spent bigint[],
  b_call integer[], b_line integer[], b_grant uuid[], b_amount bigint[], x_call integer[], x_day date[], x_ceiling bigint[],
  x_member uuid[], p_usage text[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET cpu_tuple_cost = 1 SET cpu_index_tuple_cost = 1 SET random_page_cost = 1 AS $$
#variable_conflict use_column
BEGIN
  IF 'h' = ANY (p_kind) THEN
    INSERT INTO hold (organization_id, id, idempotency_key, request_hash, key_id, member_id, endpoint, model, quantities, options,
        tags, resource_type, resource_id, fingerprint, catalogue_version, discount_percent, ceiling, ceiling_plan,
        grant_ids, grant_amounts, payg_cycle, opened_on, opened_at, first_expires_at, expires_at, available_after)
      SELECT p_organizations[u.o], u.id, u.idem, u.hash, p_keys[u.k], nullif(k_owner[u.k], ledger.nobody()), u.endpoint,
        u.model, u.quantities::bigint[],
        u.options, u.tags, u.resource_type, u.resource_id, u.fingerprint, u.version, u.discount, u.amount, u.plan,
        u.grants::uuid[], u.amounts::bigint[], u.payg, o_day[u.o], o_at[u.o], to_timestamp(u.expires / 1000.0),
        to_timestamp(u.expires / 1000.0), u.available
      FROM unnest(p_kind, r_outcome, p_organization, p_key, p_id, p_idempotency_key, p_request_hash, p_endpoint, p_model,
        p_quantities, p_options, p_tags, p_resource_type, p_resource_id, p_fingerprint, p_catalogue_version, p_discount,
        r_amount, r_plan, r_grants, r_amounts, r_payg, r_expires, r_available)
        AS u (kind, outcome, o, k, id, idem, hash, endpoint, model, quantities, options, tags, resource_type, resource_id,
          fingerprint, version, discount, amount, plan, grants, amounts, payg, expires, available)
      WHERE u.outcome = 'ok' AND u.kind = 'h';
  END IF;

  IF p_kind && ARRAY['s', 'c', 'r'] THEN
    WITH ended AS (
      UPDATE hold h SET state = CASE u.kind WHEN 's' THEN 'settled' ELSE 'released' END, ended_at = o_at[u.o],
          end_key = u.idem, end_hash = u.hash, end_available = u.available, cost = u.amount, cost_plan = u.plan,
          waived = u.waived, transaction_seq = nullif(u.seq, 0)
        FROM unnest(p_kind, r_outcome, p_organization, p_id, p_idempotency_key, p_request_hash, p_quantities, p_options,
          p_occurred_at, p_usage, r_amount, r_plan, r_waived, r_available, r_seq)
          AS u (kind, outcome, o, id, idem, hash, quantities, options, occurred_at, usage, amount, plan, waived, available, seq)
        WHERE p_kind && ARRAY['s', 'r'] AND u.outcome = 'ok' AND u.kind IN ('s', 'r') AND h.organization_id = p_organizations[u.o] AND h.id = u.id
          AND h.state = 'open'
        RETURNING h.*, u.quantities AS used, coalesce(u.options, h.options) AS used_options,
          coalesce(u.occurred_at, o_at[u.o]) AS occurred_at, u.usage
    ), event AS (
      INSERT INTO usage_event (organization_id, id, occurred_at, posted_at, key_id, member_id, endpoint, model, quantities,
          options, tags, resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, waived, transaction_seq, usage)
        SELECT organization_id, id, occurred_at, ended_at, key_id, member_id, endpoint, model, used::bigint[], used_options,
          tags, resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, waived, transaction_seq, usage
        FROM ended WHERE state = 'settled'
        UNION ALL
        SELECT p_organizations[u.o], u.id, coalesce(u.occurred_at, o_at[u.o]), o_at[u.o], p_keys[u.k],
          nullif(k_owner[u.k], ledger.nobody()), u.endpoint, u.model, u.quantities::bigint[], u.options, u.tags, u.resource_type, u.resource_id, u.version, u.discount, u.amount,
          u.plan, 0, nullif(u.seq, 0), NULL
        FROM unnest(p_kind, r_outcome, p_organization, p_key, p_id, p_occurred_at, p_endpoint, p_model, p_quantities,
          p_options, p_tags, p_resource_type, p_resource_id, p_catalogue_version, p_discount, r_amount, r_plan, r_seq)
          AS u (kind, outcome, o, k, id, occurred_at, endpoint, model, quantities, options, tags, resource_type,
            resource_id, version, discount, amount, plan, seq)
        WHERE 'c' = ANY (p_kind) AND u.outcome = 'ok' AND u.kind = 'c'
        RETURNING organization_id, occurred_at, key_id, member_id, endpoint, model, quantities, tags, cost
    ), rollup AS (
      INSERT INTO usage_rollup AS w (organization_id, bucket, endpoint, model, key_id, member_id, requests, quantities, cost)
        SELECT organization_id, date_bin('15 minutes', occurred_at, 'epoch'), endpoint, model,
          coalesce(key_id, ledger.nobody()), coalesce(member_id, ledger.nobody()), count(*),
          ARRAY[sum(quantities[1]), sum(quantities[2]), sum(quantities[3]), sum(quantities[4]), sum(quantities[5]), sum(quantities[6]),
            sum(quantities[7]), sum(quantities[8]), sum(quantities[9]), sum(quantities[10]), sum(quantities[11]), sum(quantities[12])]::bigint[]
            || ledger.sum_arrays(quantities[13:]) FILTER (WHERE cardinality(quantities) > 12), sum(cost)
        FROM event GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (organization_id, bucket, endpoint, model, key_id, member_id) DO UPDATE SET
          requests = w.requests + excluded.requests, cost = w.cost + excluded.cost,
          quantities = ledger.add_quantities(w.quantities, excluded.quantities)
    )
    INSERT INTO usage_tag_rollup AS w (organization_id, bucket, tag, value, requests, quantities, cost)
      SELECT e.organization_id, date_bin('15 minutes', e.occurred_at, 'epoch'), t.key, t.value, count(*),
        ARRAY[sum(e.quantities[1]), sum(e.quantities[2]), sum(e.quantities[3]), sum(e.quantities[4]), sum(e.quantities[5]), sum(e.quantities[6]),
          sum(e.quantities[7]), sum(e.quantities[8]), sum(e.quantities[9]), sum(e.quantities[10]), sum(e.quantities[11]), sum(e.quantities[12])]::bigint[]
          || ledger.sum_arrays(e.quantities[13:]) FILTER (WHERE cardinality(e.quantities) > 12), sum(e.cost)
      FROM event e CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t WHERE e.tags IS NOT NULL AND t.key = ANY (p_rollup_tags)
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (organization_id, bucket, tag, value) DO UPDATE SET requests = w.requests + excluded.requests,
        cost = w.cost + excluded.cost, quantities = ledger.add_quantities(w.quantities, excluded.quantities);

    INSERT INTO transaction (organization_id, seq, type, amount, amount_plan, balance_after, available_after, posted_at,
        scope, idempotency_key, request_hash, event_id, key_id)
      SELECT p_organizations[u.o], u.seq, 'deduction', -u.amount, -u.plan, u.balance, u.available, o_at[u.o],
        CASE u.kind WHEN 's' THEN 'settle' ELSE 'charge' END, u.idem, u.hash, u.id, p_keys[u.k]
      FROM unnest(p_kind, r_outcome, p_organization, p_key, p_id, p_idempotency_key, p_request_hash, r_amount, r_plan,
        r_balance, r_available, r_seq)
        AS u (kind, outcome, o, k, id, idem, hash, amount, plan, balance, available, seq)
      WHERE u.outcome = 'ok' AND u.seq > 0;
    INSERT INTO entry (organization_id, transaction_seq, line, account, grant_id, amount)
      SELECT p_organizations[u.o], u.seq, 0, 'usage', NULL, u.amount
      FROM unnest(r_outcome, p_organization, r_amount, r_seq) AS u (outcome, o, amount, seq)
      WHERE u.outcome = 'ok' AND u.seq > 0
      UNION ALL
      SELECT p_organizations[p_organization[u.call]], r_seq[u.call], u.line, CASE WHEN u.grant_id IS NULL THEN 'debt'
        ELSE 'grant' END, u.grant_id, -u.amount
      FROM unnest(b_call, b_line, b_grant, b_amount) AS u (call, line, grant_id, amount);
    UPDATE balance b SET seq = u.seq, debt = u.debt, posted_at = u.at
      FROM unnest(p_organizations, o_seq, o_debt, o_at) AS u (id, seq, debt, at)
      WHERE b.organization_id = u.id AND b.seq < u.seq;

    IF EXISTS (SELECT 1 FROM unnest(p_kind, r_outcome, p_organization, p_idempotency_key, r_seq) AS u (kind, outcome, o, idem, seq)
        JOIN transaction t ON t.organization_id = p_organizations[u.o] AND t.scope = 'settle' AND t.idempotency_key = u.idem
        WHERE u.outcome = 'ok' AND u.kind = 's' AND u.seq = 0) THEN
      RAISE unique_violation USING MESSAGE = 'the idempotency key settled another hold';
    END IF;
    -- What has no transaction to keep its key: releases and free calls. Internal keys begin with a space.
    INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer, created_at)
      SELECT p_organizations[u.o], CASE u.kind WHEN 'c' THEN 'charge' WHEN 's' THEN 'settle' ELSE 'release' END, u.idem,
        u.hash, jsonb_build_object('id', u.id, 'available', u.available), o_at[u.o]
      FROM unnest(p_kind, r_outcome, p_organization, p_id, p_idempotency_key, p_request_hash, r_available, r_seq)
        AS u (kind, outcome, o, id, idem, hash, available, seq)
      WHERE u.outcome = 'ok' AND u.kind <> 'h' AND u.seq = 0 AND u.idem NOT LIKE ' %';
  END IF;

  UPDATE "grant" c SET held = c.held + u.held, remaining = c.remaining - u.spent,
      live = c.remaining > u.spent OR c.held + u.held > 0
    FROM unnest(g_org, g_id, g_held, g_spent) AS u (o, id, held, spent)
    WHERE (u.held <> 0 OR u.spent <> 0) AND c.organization_id = p_organizations[u.o] AND c.id = u.id;
  UPDATE key_usage s SET total_spent = s.total_spent + u.spent, total_held = s.total_held + u.held, used_at = u.at,
      day = u.day, day_spent = CASE WHEN s.day = u.day THEN s.day_spent ELSE 0 END + u.spent,
      day_held = CASE WHEN s.day = u.day THEN s.day_held ELSE 0 END + u.held,
      week = u.week, week_spent = CASE WHEN s.week = u.week THEN s.week_spent ELSE 0 END + u.spent,
      week_held = CASE WHEN s.week = u.week THEN s.week_held ELSE 0 END + u.held,
      month = u.month, month_spent = CASE WHEN s.month = u.month THEN s.month_spent ELSE 0 END + u.spent,
      month_held = CASE WHEN s.month = u.month THEN s.month_held ELSE 0 END + u.held
    FROM (SELECT k.o, k.id, k.member, k.held, k.spent, o_at[k.o] AS at, o_day[k.o] AS day, date_trunc('week', o_day[k.o]::timestamp)::date AS week,
        date_trunc('month', o_day[k.o]::timestamp)::date AS month
      FROM unnest(p_key_organization, p_keys, k_owner, k_held, k_spent) AS k (o, id, member, held, spent)
      WHERE k.held <> 0 OR k.spent <> 0) AS u
    WHERE s.organization_id = p_organizations[u.o] AND s.key_id = u.id AND s.member_id = u.member;
  UPDATE subscription s SET payg_held = s.payg_held + u.held, payg_spent = s.payg_spent + u.spent
    FROM unnest(p_organizations, o_payg_held, o_payg_spent) AS u (id, held, spent)
    WHERE (u.held <> 0 OR u.spent <> 0) AND s.organization_id = u.id AND s.status = 'active';
  FOR i IN 1..coalesce(cardinality(x_call), 0) LOOP
    PERFORM ledger.move_key_usage(p_organizations[p_organization[x_call[i]]], p_keys[p_key[x_call[i]]], x_member[i], x_day[i],
      -x_ceiling[i], r_amount[x_call[i]]);
  END LOOP;
  -- What was given back pays debt before anything else.
  IF 0 < ANY (o_debt) THEN
    PERFORM ledger.pay_debt(u.id, u.at) FROM unnest(p_organizations, o_debt, o_at) AS u (id, debt, at) WHERE u.debt > 0;
  END IF;
END
$$;
