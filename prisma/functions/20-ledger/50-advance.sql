-- Writes off the free part of one grant. The caller holds the lock on the balance row.
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
  -- Credit that a hold returns after the expiry is written off in a further transaction, so the key has a number.
  PERFORM ledger.post(p_organization_id, 'expiry', -v_rest, CASE WHEN v_kind = 'plan' THEN -v_rest ELSE 0 END, 'expiry',
    p_grant_id || ':' || (SELECT seq + 1 FROM balance WHERE organization_id = p_organization_id), p_grant_id, p_at,
    ARRAY['grant', 'breakage'], ARRAY[p_grant_id, NULL]::uuid[], ARRAY[-v_rest, v_rest], NULL);
  IF v_kind <> 'plan' THEN
    PERFORM ledger.prepaid_changed(p_organization_id, p_at, 'lowered');
  END IF;
  RETURN v_rest;
END
$$;

-- Brings an organization up to date, in order: it writes off expired grants and starts the due cycles of the plan. The
-- gate calls it before it decides; the job calls it for all other organizations. Returns the number of transactions.
CREATE OR REPLACE FUNCTION ledger.advance(p_organization_id uuid, p_now timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_due record;
  v_cycle record;
  v_grant uuid;
  v_made integer := 0;
BEGIN
  FOR v_due IN
    SELECT id FROM "grant" WHERE organization_id = p_organization_id AND live AND expires_at <= v_at
      AND remaining > held
    ORDER BY expires_at, created_at, id
  LOOP
    PERFORM ledger.write_off(p_organization_id, v_due.id, v_at);
    v_made := v_made + 1;
  END LOOP;
  -- The lock is held, so the list does not change during the loop.
  FOR v_cycle IN SELECT * FROM ledger.due_cycles(p_organization_id, v_at) LOOP
    v_grant := NULL;
    IF v_cycle.allowance > 0 THEN
      SELECT g.grant_id INTO STRICT v_grant FROM ledger.give(p_organization_id, v_at, 'renewal', 'plan',
        v_cycle.allowance, 0, v_cycle.expires_at, 'plan', v_cycle.plan, v_cycle.cycle, 'renewal',
        'cycle:' || v_cycle.cycle, p_organization_id, v_cycle.plan) AS g;
      v_made := v_made + 1;
    END IF;
    PERFORM ledger.cycle_begun(p_organization_id, v_cycle.cycle, v_grant);
    UPDATE subscription SET cycle = v_cycle.cycle, cycle_start = v_cycle.starts, cycle_end = v_cycle.ends,
        plan = v_cycle.plan, discount_percent = v_cycle.discount_percent,
        allowance = coalesce(v_cycle.allowance, allowance),
        version = CASE WHEN v_cycle.changed THEN version + 1 ELSE version END,
        next_plan = CASE WHEN v_cycle.changed THEN NULL ELSE next_plan END,
        next_allowance = CASE WHEN v_cycle.changed THEN NULL ELSE next_allowance END,
        next_discount_percent = CASE WHEN v_cycle.changed THEN NULL ELSE next_discount_percent END,
        next_cycle = CASE WHEN v_cycle.changed THEN NULL ELSE next_cycle END,
        payg_spent = 0, payg_held = 0,
        opened_seq = (SELECT seq FROM balance WHERE organization_id = p_organization_id)
      WHERE organization_id = p_organization_id;
  END LOOP;
  RETURN v_made;
END
$$;
