-- Writes off the free part of the running plan's allowance. Calls keep what they hold; what they return has expired.
-- The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.write_off_plan(p_organization_id uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_grant record;
BEGIN
  FOR v_grant IN
    UPDATE "grant" SET expires_at = p_at WHERE organization_id = p_organization_id AND live AND kind = 'plan'
      AND source = 'plan' AND (expires_at IS NULL OR expires_at > p_at) RETURNING id
  LOOP
    PERFORM ledger.write_off(p_organization_id, v_grant.id, p_at);
  END LOOP;
END
$$;

-- Starts a plan: its first cycle and that cycle's grant. The rest of the plan before it is written off. Numbers of
-- cycles continue, so that an old cycle never counts in a new one. Months are counted from `p_anchor` (never later than
-- now). Amounts, discount and PAYG mode come from the catalogue and are frozen here. The caller holds the lock on the
-- balance row.
CREATE OR REPLACE FUNCTION ledger.begin_plan(
  p_organization_id uuid, p_at timestamptz, p_anchor timestamptz, p_plan text, p_allowance bigint, p_discount integer,
  p_free boolean, p_payg_mode text, p_cycles integer, p_interval text, p_provider_id text, p_scope text,
  p_idempotency_key text, p_request_hash uuid, OUT version integer, OUT cycle integer, OUT grant_id uuid
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_anchor CONSTANT timestamptz := least(p_anchor, p_at);
  v_old subscription;
  v_zone text;
BEGIN
  SELECT * INTO v_old FROM subscription s WHERE s.organization_id = p_organization_id FOR UPDATE;
  SELECT time_zone INTO STRICT v_zone FROM organization WHERE id = p_organization_id;
  PERFORM ledger.write_off_plan(p_organization_id, p_at);
  version := coalesce(v_old.version, 0) + 1;
  cycle := coalesce(v_old.cycle + 1, 0);
  INSERT INTO subscription AS s (organization_id, plan, version, status, allowance, discount_percent, free, anchor_at,
      anchor_cycle, cycle, cycle_start, cycle_end, payg_mode, payg_enabled, paid_cycles, "interval", provider_id)
    VALUES (p_organization_id, p_plan, version, 'active', p_allowance, p_discount, p_free, v_anchor, cycle, cycle,
      v_anchor, ledger.cycle_start(v_anchor, 1, v_zone), p_payg_mode, false, cycle + p_cycles, p_interval,
      p_provider_id)
    ON CONFLICT (organization_id) DO UPDATE SET plan = excluded.plan, version = excluded.version, status = 'active',
      allowance = excluded.allowance, discount_percent = excluded.discount_percent, free = excluded.free,
      anchor_at = excluded.anchor_at, anchor_cycle = excluded.anchor_cycle, cycle = excluded.cycle,
      cycle_start = excluded.cycle_start, cycle_end = excluded.cycle_end, payg_mode = excluded.payg_mode,
      payg_spent = 0, payg_held = 0, paid_cycles = excluded.paid_cycles, "interval" = excluded."interval",
      provider_id = excluded.provider_id, past_due_since = NULL, ends_at = NULL, next_plan = NULL,
      next_allowance = NULL, next_discount_percent = NULL, next_cycle = NULL;
  IF p_allowance > 0 THEN
    SELECT g.grant_id INTO STRICT grant_id FROM ledger.give(p_organization_id, p_at, 'renewal', 'plan', p_allowance, 0,
      ledger.next_boundary(v_anchor, v_zone, p_at), 'plan', p_plan, cycle, p_scope, p_idempotency_key, p_request_hash,
      p_plan) AS g;
  END IF;
  UPDATE subscription SET opened_seq = (SELECT seq FROM balance WHERE organization_id = p_organization_id)
    WHERE organization_id = p_organization_id;
END
$$;

-- Starts a plan for an organization without a running plan, or in place of a free one, once per idempotency key. A plan
-- that is not free lasts for one cycle. Errors: TG409 a subscription is running.
CREATE OR REPLACE FUNCTION ledger.subscribe(
  p_organization_id uuid, p_now timestamptz, p_plan text, p_allowance bigint, p_discount integer, p_free boolean,
  p_payg_mode text, p_idempotency_key text, p_request_hash uuid
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_old subscription;
BEGIN
  SELECT * INTO v_old FROM subscription WHERE organization_id = p_organization_id;
  -- A repeat of the same request starts nothing, even if its plan has ended.
  IF FOUND AND EXISTS (SELECT 1 FROM transaction WHERE organization_id = p_organization_id AND scope = 'subscribe'
      AND idempotency_key = p_idempotency_key AND request_hash = p_request_hash) THEN
    RETURN v_old.version;
  ELSIF v_old.status = 'active' AND NOT (v_old.free AND v_old.plan <> p_plan) THEN
    RAISE EXCEPTION 'a subscription is running' USING ERRCODE = 'TG409';
  END IF;
  RETURN (SELECT b.version FROM ledger.begin_plan(p_organization_id, v_at, v_at, p_plan, p_allowance, p_discount,
    p_free, p_payg_mode, 1, NULL, NULL, 'subscribe', p_idempotency_key, p_request_hash) AS b);
END
$$;

-- Switches PAYG fallback and sets its limit per cycle (null: none), also during calls. Returns the earlier values; no
-- row without a running subscription.
CREATE OR REPLACE FUNCTION ledger.set_payg(
  p_organization_id uuid, p_enabled boolean, p_limit bigint, OUT enabled boolean, OUT "limit" bigint
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT payg_enabled, payg_limit INTO enabled, "limit" FROM subscription
    WHERE organization_id = p_organization_id AND status = 'active';
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE subscription SET payg_enabled = p_enabled, payg_limit = p_limit, payg_set_at = clock_timestamp()
    WHERE organization_id = p_organization_id;
  RETURN NEXT;
END
$$;
