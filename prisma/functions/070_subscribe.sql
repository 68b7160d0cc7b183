-- Starts a plan for an organization that has none (or whose last one ended): the subscription and its first cycle's
-- grant, once per idempotency key. Amounts, discount and PAYG mode come from the catalogue and are frozen here.
-- Errors: TG409 when a subscription is running.
CREATE OR REPLACE FUNCTION ledger.subscribe(
  p_organization_id uuid, p_now timestamptz, p_plan text, p_allowance bigint, p_discount integer, p_free boolean,
  p_payg_mode text, p_idempotency_key text, p_request_hash uuid
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_zone text;
  v_old subscription;
  v_end timestamptz;
BEGIN
  SELECT * INTO v_old FROM subscription WHERE organization_id = p_organization_id FOR UPDATE;
  -- The same request again starts nothing, also when what it started has ended.
  IF FOUND AND EXISTS (SELECT 1 FROM transaction WHERE organization_id = p_organization_id AND scope = 'subscribe'
      AND idempotency_key = p_idempotency_key AND request_hash = p_request_hash) THEN
    RETURN v_old.version;
  ELSIF v_old.status = 'active' THEN
    RAISE EXCEPTION 'a subscription is running' USING ERRCODE = 'TG409';
  END IF;
  SELECT time_zone INTO STRICT v_zone FROM organization WHERE id = p_organization_id;
  v_end := ledger.cycle_start(v_at, 1, v_zone);
  INSERT INTO subscription (organization_id, plan, version, status, allowance, discount_percent, free, anchor_at, cycle,
      cycle_start, cycle_end, payg_mode, payg_enabled)
    VALUES (p_organization_id, p_plan, coalesce(v_old.version, 0) + 1, 'active', p_allowance, p_discount, p_free, v_at, 0,
      v_at, v_end, p_payg_mode, false)
    ON CONFLICT (organization_id) DO UPDATE SET plan = excluded.plan, version = excluded.version, status = 'active',
      allowance = excluded.allowance, discount_percent = excluded.discount_percent, free = excluded.free,
      anchor_at = excluded.anchor_at, cycle = 0, cycle_start = excluded.cycle_start, cycle_end = excluded.cycle_end,
      payg_mode = excluded.payg_mode, payg_spent = 0, payg_held = 0;
  IF p_allowance > 0 THEN
    PERFORM ledger.give(p_organization_id, v_at, 'renewal', 'plan', p_allowance, 0, v_end, 'plan', p_plan, 0, 'subscribe',
      p_idempotency_key, p_request_hash, p_plan);
  END IF;
  RETURN coalesce(v_old.version, 0) + 1;
END
$$;

-- Switches PAYG fallback and sets its limit per cycle (null: none), at once, with calls in flight. Answers what it was
-- before, no row without a running subscription.
CREATE OR REPLACE FUNCTION ledger.set_payg(
  p_organization_id uuid, p_enabled boolean, p_limit bigint, OUT enabled boolean, OUT "limit" bigint
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT payg_enabled, payg_limit INTO enabled, "limit" FROM subscription
    WHERE organization_id = p_organization_id AND status = 'active';
  IF NOT FOUND THEN RETURN; END IF;
  UPDATE subscription SET payg_enabled = p_enabled, payg_limit = p_limit, payg_set_at = clock_timestamp()
    WHERE organization_id = p_organization_id;
  RETURN NEXT;
END
$$;
