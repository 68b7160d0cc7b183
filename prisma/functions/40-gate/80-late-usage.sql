-- Records usage that came after its hold had expired, once per hold: an event of its own that names the hold, at most
-- its ceiling unless `p_actual`. The plan pays first, then prepaid credit; the rest is debt. Without `p_owed`, prepaid
-- credit pays as far as PAYG allows and the rest is `unfunded`. No limit stops it, because the call did run. It counts
-- where the hold did: for the key's owner at that time, in the windows and the cycle in which the hold was opened.
-- Outcomes: ok, replay, reused, not_found, ended (the hold's state in `detail`), unpriced.
CREATE OR REPLACE FUNCTION ledger.charge_late(
  p_organization_id uuid,
  p_hold_id uuid,
  p_event_id uuid,
  p_price bigint,
  p_plan_price bigint,
  p_actual boolean,
  p_owed boolean,
  p_quantities bigint[],
  p_options jsonb,
  p_occurred_at timestamptz,
  p_idempotency_key text,
  p_request_hash uuid,
  p_rollup_tags text[],
  p_now timestamptz,
  OUT outcome text,
  OUT id uuid,
  OUT amount bigint,
  OUT amount_plan bigint,
  OUT owed bigint,
  OUT waived bigint,
  OUT unfunded bigint,
  OUT available bigint,
  OUT transaction_seq bigint,
  OUT detail text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_hold hold;
  v_deleted boolean;
  v_event usage_event;
  v_plan bigint;
  v_prepaid bigint;
  v_rest bigint;
  v_total bigint;
BEGIN
  SELECT * INTO outcome, id, available, transaction_seq
    FROM ledger.late_replay(p_organization_id, p_idempotency_key, p_request_hash);
  IF outcome = 'replay' THEN
    SELECT e.cost, e.cost_plan, e.waived, e.unfunded INTO STRICT amount, amount_plan, waived, unfunded
      FROM usage_event e
      WHERE e.organization_id = p_organization_id AND e.id = charge_late.id;
    SELECT coalesce(-sum(e.amount), 0) INTO owed
      FROM entry e
      WHERE e.organization_id = p_organization_id
        AND e.transaction_seq = charge_late.transaction_seq
        AND e.account = 'debt';
  END IF;
  IF outcome IS NOT NULL THEN
    RETURN;
  END IF;
  SELECT * INTO v_hold FROM hold h WHERE h.organization_id = p_organization_id AND h.id = p_hold_id;
  v_deleted := EXISTS (SELECT 1 FROM organization o WHERE o.id = p_organization_id AND o.deleted_at IS NOT NULL);
  outcome := CASE
    WHEN v_hold.id IS NULL OR v_deleted THEN 'not_found'
    WHEN v_hold.state <> 'expired' OR v_hold.late_event_id IS NOT NULL THEN 'ended'
    WHEN p_price < 0 THEN 'unpriced'
    ELSE 'ok'
  END;
  detail := CASE WHEN v_hold.late_event_id IS NOT NULL THEN 'late' ELSE v_hold.state END;
  IF outcome <> 'ok' THEN
    RETURN;
  END IF;
  PERFORM ledger.advance(p_organization_id, p_now);
  SELECT
      coalesce(sum(g.remaining - g.held) FILTER (WHERE g.kind = 'plan'), 0),
      coalesce(sum(g.remaining - g.held) FILTER (WHERE g.kind <> 'plan'), 0)
    INTO v_plan, v_prepaid
    FROM "grant" g
    WHERE g.organization_id = p_organization_id AND g.live AND (g.expires_at IS NULL OR g.expires_at > v_at);
  amount_plan := least(v_plan, p_plan_price, CASE WHEN NOT p_actual THEN v_hold.ceiling END);
  v_rest := ledger.rest_of_price(p_price, p_plan_price, amount_plan);
  v_total := amount_plan + v_rest;
  IF NOT p_actual THEN
    v_rest := least(v_rest, v_hold.ceiling - amount_plan);
  END IF;
  waived := v_total - amount_plan - v_rest;
  IF NOT p_owed THEN
    v_prepaid := least(v_prepaid, ledger.payg_room(p_organization_id));
  END IF;
  v_prepaid := least(v_prepaid, v_rest);
  owed := CASE WHEN p_owed THEN v_rest - v_prepaid ELSE 0 END;
  unfunded := v_rest - v_prepaid - owed;
  amount := amount_plan + v_prepaid + owed;
  id := p_event_id;
  SELECT * INTO available, transaction_seq
    FROM ledger.pay_late(p_organization_id, p_event_id, v_hold.key_id, amount_plan, v_prepaid, owed, p_idempotency_key,
      p_request_hash, v_at);
  INSERT INTO usage_event (
      organization_id, id, occurred_at, posted_at, key_id, member_id, endpoint, model, quantities, options, tags,
      resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, waived, transaction_seq, usage,
      hold_id, unfunded
    )
    VALUES (
      p_organization_id, p_event_id, coalesce(p_occurred_at, v_at), v_at, v_hold.key_id, v_hold.member_id,
      v_hold.endpoint, v_hold.model, p_quantities, coalesce(p_options, v_hold.options), v_hold.tags,
      v_hold.resource_type, v_hold.resource_id, v_hold.catalogue_version, v_hold.discount_percent, amount, amount_plan,
      waived, nullif(transaction_seq, 0), 'late', p_hold_id, unfunded
    )
    RETURNING * INTO v_event;
  PERFORM ledger.sum_event(v_event, p_rollup_tags);
  UPDATE hold h SET late_event_id = p_event_id WHERE h.organization_id = p_organization_id AND h.id = p_hold_id;
  IF v_hold.key_id IS NOT NULL THEN
    PERFORM ledger.move_key_usage(p_organization_id, v_hold.key_id, v_hold.member_id, v_hold.opened_on, 0, amount);
  END IF;
  UPDATE subscription s SET payg_spent = s.payg_spent + amount - amount_plan
    WHERE s.organization_id = p_organization_id AND s.status = 'active' AND s.cycle = v_hold.payg_cycle;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'lowered');
END
$$;

-- The first answer to a late charge's key; no outcome if the key is new. A free charge has no transaction.
CREATE OR REPLACE FUNCTION ledger.late_replay(
  p_organization_id uuid,
  p_idempotency_key text,
  p_request_hash uuid,
  OUT outcome text,
  OUT id uuid,
  OUT available bigint,
  OUT seq bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  SELECT CASE WHEN t.request_hash = p_request_hash THEN 'replay' ELSE 'reused' END, t.event_id, t.available_after, t.seq
    INTO outcome, id, available, seq
    FROM transaction t
    WHERE t.organization_id = p_organization_id AND t.scope = 'charge' AND t.idempotency_key = p_idempotency_key;
  IF NOT FOUND THEN
    SELECT CASE WHEN r.request_hash = p_request_hash THEN 'replay' ELSE 'reused' END, (r.answer ->> 'id')::uuid,
        (r.answer ->> 'available')::bigint, 0
      INTO outcome, id, available, seq
      FROM idempotency_record r
      WHERE r.organization_id = p_organization_id AND r.scope = 'charge' AND r.idempotency_key = p_idempotency_key;
  END IF;
END
$$;

-- The prepaid credit that the running cycle's PAYG limit still allows; all of it without a plan or a limit.
CREATE OR REPLACE FUNCTION ledger.payg_room(p_organization_id uuid) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  c_unlimited CONSTANT bigint := 9223372036854775807;
  v_room bigint;
BEGIN
  SELECT CASE
      WHEN s.payg_mode = 'toggle' AND NOT s.payg_enabled THEN 0
      WHEN s.payg_limit IS NULL THEN c_unlimited
      ELSE greatest(0, s.payg_limit - s.payg_spent - s.payg_held)
    END
    INTO v_room
    FROM subscription s
    WHERE s.organization_id = p_organization_id AND s.status = 'active';
  RETURN coalesce(v_room, c_unlimited);
END
$$;

-- Takes a late charge as the gate takes a call: from the grants in burn order; the part without a grant (`p_owed`) is
-- debt. A free charge only stores its key. The caller holds the lock on the balance row. Returns what is available then
-- and the transaction's number, or 0.
CREATE OR REPLACE FUNCTION ledger.pay_late(
  p_organization_id uuid,
  p_event_id uuid,
  p_key_id uuid,
  p_plan bigint,
  p_prepaid bigint,
  p_owed bigint,
  p_idempotency_key text,
  p_request_hash uuid,
  p_at timestamptz,
  OUT available bigint,
  OUT seq bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_amount CONSTANT bigint := p_plan + p_prepaid + p_owed;
  v_credit ledger.gate_credit;
BEGIN
  seq := 0;
  IF v_amount > 0 THEN
    v_credit := ((ledger.gate_organizations(ARRAY[p_organization_id], ARRAY[true], p_at))[1]).credit;
    v_credit := ledger.gate_burn(v_credit, p_plan, p_prepaid + p_owed, false);
    UPDATE "grant" g SET remaining = g.remaining - u.spent, live = g.remaining > u.spent
      FROM unnest(v_credit.grants) AS u
      WHERE g.organization_id = p_organization_id AND g.id = u.id AND u.spent > 0;
    UPDATE balance b SET debt = v_credit.debt WHERE b.organization_id = p_organization_id AND b.debt <> v_credit.debt;
    seq := ledger.post(p_organization_id, 'deduction', -v_amount, -p_plan, 'charge', p_idempotency_key, p_request_hash,
      p_at,
      ARRAY['usage'] || ARRAY(SELECT CASE WHEN t.id IS NULL THEN 'debt' ELSE 'grant' END
        FROM unnest(v_credit.taken_from) WITH ORDINALITY AS t (id, line) ORDER BY t.line),
      NULL::uuid || v_credit.taken_from,
      v_amount || ARRAY(SELECT -t.amount
        FROM unnest(v_credit.taken_amounts) WITH ORDINALITY AS t (amount, line) ORDER BY t.line),
      NULL, p_event_id, p_key_id);
    SELECT t.available_after INTO STRICT available
      FROM transaction t
      WHERE t.organization_id = p_organization_id AND t.seq = pay_late.seq;
    RETURN;
  END IF;
  SELECT coalesce(sum(g.remaining - g.held), 0) INTO available
    FROM "grant" g
    WHERE g.organization_id = p_organization_id AND g.live AND (g.expires_at IS NULL OR g.expires_at > p_at);
  SELECT available - b.debt INTO STRICT available
    FROM balance b
    WHERE b.organization_id = p_organization_id;
  INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer, created_at)
    VALUES (p_organization_id, 'charge', p_idempotency_key, p_request_hash,
      jsonb_build_object('id', p_event_id, 'available', available), p_at);
END
$$;

-- Holds that expired between two times without later usage, the latest first: of one organization, or of all.
CREATE OR REPLACE FUNCTION ledger.expired_holds(
  p_organization_id uuid,
  p_from timestamptz,
  p_to timestamptz,
  p_before uuid,
  p_most integer
) RETURNS TABLE (
  organization_id uuid,
  id uuid,
  key_id uuid,
  endpoint text,
  model text,
  ceiling bigint,
  opened_at timestamptz,
  expires_at timestamptz,
  ended_at timestamptz,
  resource_type text,
  resource_id text,
  fingerprint text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT h.organization_id, h.id, h.key_id, h.endpoint, h.model, h.ceiling, h.opened_at, h.expires_at, h.ended_at,
      h.resource_type, h.resource_id, h.fingerprint
    FROM hold h
    WHERE h.state = 'expired'
      AND h.late_event_id IS NULL
      AND h.expires_at >= p_from
      AND h.expires_at < p_to
      AND (p_organization_id IS NULL OR h.organization_id = p_organization_id)
      AND (p_before IS NULL OR h.id < p_before)
    ORDER BY h.id DESC
    LIMIT p_most;
END
$$;
