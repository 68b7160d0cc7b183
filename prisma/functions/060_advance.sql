-- The start of a subscription's cycle: months from the anchor in the organization's time zone, clamped at month ends.
CREATE OR REPLACE FUNCTION ledger.cycle_start(p_anchor timestamptz, p_cycle integer, p_zone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ((p_anchor AT TIME ZONE p_zone) + make_interval(months => p_cycle)) AT TIME ZONE p_zone;
$$;

-- Writes off what is left of one grant beyond its held part. The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.write_off(p_organization_id uuid, p_grant_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_rest bigint;
  v_kind text;
BEGIN
  SELECT remaining - held, kind INTO STRICT v_rest, v_kind FROM "grant"
    WHERE organization_id = p_organization_id AND id = p_grant_id;
  IF v_rest = 0 THEN
    RETURN 0;
  END IF;
  UPDATE "grant" SET remaining = remaining - v_rest, live = held > 0
    WHERE organization_id = p_organization_id AND id = p_grant_id;
  -- What a hold gives back after the expiry is written off in a further transaction, so the key has a number.
  PERFORM ledger.post(p_organization_id, 'expiry', -v_rest, CASE WHEN v_kind = 'plan' THEN -v_rest ELSE 0 END, 'expiry',
    p_grant_id || ':' || (SELECT seq + 1 FROM balance WHERE organization_id = p_organization_id), p_grant_id, p_at,
    ARRAY['grant', 'breakage'], ARRAY[p_grant_id, NULL]::uuid[], ARRAY[-v_rest, v_rest], NULL);
  IF v_kind <> 'plan' THEN PERFORM ledger.check_auto_top_up(p_organization_id, p_at); END IF;
  RETURN v_rest;
END
$$;

-- Brings an organization up to date: expired grants are written off and a free plan's due cycles are renewed, each in
-- its order. The gate calls it before it decides, the job for everybody else. Returns how many transactions it made.
CREATE OR REPLACE FUNCTION ledger.advance(p_organization_id uuid, p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_zone text;
  v_due record;
  v_sub subscription;
  v_made integer := 0;
BEGIN
  FOR v_due IN
    SELECT id FROM "grant" WHERE organization_id = p_organization_id AND live AND expires_at <= v_at AND remaining > held
    ORDER BY expires_at, created_at, id
  LOOP
    PERFORM ledger.write_off(p_organization_id, v_due.id, v_at);
    v_made := v_made + 1;
  END LOOP;
  SELECT * INTO v_sub FROM subscription WHERE organization_id = p_organization_id FOR UPDATE;
  IF NOT FOUND OR v_sub.status <> 'active' OR NOT v_sub.free OR v_sub.cycle_end > v_at THEN
    RETURN v_made;
  END IF;
  SELECT time_zone INTO STRICT v_zone FROM organization WHERE id = p_organization_id;
  -- Cycles that nobody saw (the server was off) give nothing that could still be spent, so they are passed over.
  WHILE v_sub.cycle_end <= v_at LOOP
    v_sub.cycle := v_sub.cycle + 1;
    v_sub.cycle_start := v_sub.cycle_end;
    v_sub.cycle_end := ledger.cycle_start(v_sub.anchor_at, v_sub.cycle + 1, v_zone);
  END LOOP;
  UPDATE subscription SET cycle = v_sub.cycle, cycle_start = v_sub.cycle_start, cycle_end = v_sub.cycle_end,
      payg_spent = 0, payg_held = 0
    WHERE organization_id = p_organization_id;
  IF v_sub.allowance > 0 THEN
    PERFORM ledger.give(p_organization_id, v_at, 'renewal', 'plan', v_sub.allowance, 0, v_sub.cycle_end, 'plan',
      v_sub.plan, v_sub.cycle, 'renewal', v_sub.anchor_at || ':' || v_sub.cycle, p_organization_id, v_sub.plan);
    v_made := v_made + 1;
  END IF;
  RETURN v_made;
END
$$;
