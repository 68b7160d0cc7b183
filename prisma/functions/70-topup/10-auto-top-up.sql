-- The state of auto top-up. `balance.top_up_below` is set while only the balance matters. `due_at` is the queue, set in
-- the transaction that lowered the balance. A rule that waits has the reason in `blocked`.

-- Prepaid credit minus debt. Holds are not subtracted; of expired credit, only the part that they reserve counts.
CREATE OR REPLACE FUNCTION ledger.prepaid_level(p_organization_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(CASE WHEN g.expires_at <= p_at THEN g.held ELSE g.remaining END), 0)::bigint FROM "grant" g
    WHERE g.organization_id = p_organization_id AND g.live AND g.kind <> 'plan'
  ) - (SELECT b.debt FROM balance b WHERE b.organization_id = p_organization_id);
END
$$;

-- Runs after spending or an expiry that may have lowered prepaid credit, under the lock on the balance row. It queues
-- the organization if its credit is strictly below the threshold. Only the first such change does this. The gate calls
-- it only if free credit is below the threshold: the level is at least the free credit, so most calls cannot cross it.
CREATE OR REPLACE FUNCTION ledger.queue_auto_top_up(p_organization_id uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE balance b SET top_up_below = NULL WHERE b.organization_id = p_organization_id
    AND b.top_up_below IS NOT NULL AND ledger.prepaid_level(p_organization_id, p_at) < b.top_up_below;
  IF FOUND THEN
    UPDATE auto_top_up SET due_at = p_at WHERE organization_id = p_organization_id;
  END IF;
END
$$;

-- The calendar month of a time in the organization's zone, the start of the next one, and the amount of the month's
-- automatic payments, done and in flight.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_month(
  p_organization_id uuid, p_at timestamptz, OUT month date, OUT next_month timestamptz, OUT charged bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_zone text;
  v_local timestamp;
  v_start timestamptz;
BEGIN
  SELECT date_trunc('month', p_at AT TIME ZONE o.time_zone), o.time_zone INTO v_local, v_zone
    FROM organization o WHERE o.id = p_organization_id;
  month := v_local::date;
  next_month := ledger.day_start(v_local + interval '1 month', v_zone);
  v_start := ledger.day_start(v_local, v_zone);
  SELECT coalesce(sum(p.amount), 0) INTO charged FROM payment p
    WHERE p.organization_id = p_organization_id AND p.purpose = 'auto_top_up' AND p.state IN ('open', 'succeeded')
      AND p.created_at >= v_start AND p.created_at < next_month;
END
$$;

-- Sets `due_at` and `top_up_below` from the rule, its block and the balance. The caller holds the lock on the balance
-- row. The reason of a wait sets its end: an hour after a decline, then two; the next month at the cap; an hour without
-- a paid plan. All other reasons wait for a person.
CREATE OR REPLACE FUNCTION ledger.rearm_auto_top_up(p_organization_id uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_rule auto_top_up;
  v_in_flight boolean;
  v_due timestamptz;
  v_below bigint;
BEGIN
  SELECT * INTO v_rule FROM auto_top_up WHERE organization_id = p_organization_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  v_in_flight := EXISTS (SELECT 1 FROM payment WHERE organization_id = p_organization_id AND purpose = 'auto_top_up'
    AND state = 'open');
  -- A charge in flight is always checked again, even if the rule is off.
  IF v_in_flight THEN
    v_due := coalesce(v_rule.due_at, p_at);
  ELSIF v_rule.enabled AND NOT ledger.charges_suspended(p_organization_id) THEN
    CASE v_rule.blocked
      WHEN 'declined' THEN
        v_due := v_rule.blocked_at + interval '1 hour' * 2 ^ (greatest(v_rule.failures, 1) - 1);
      WHEN 'capped' THEN
        v_due := (SELECT next_month FROM ledger.auto_top_up_month(p_organization_id, v_rule.blocked_at));
      WHEN 'plan_required' THEN
        v_due := v_rule.blocked_at + interval '1 hour';
      ELSE
        IF v_rule.blocked IS NULL AND ledger.prepaid_level(p_organization_id, p_at) < v_rule.threshold THEN
          v_due := p_at;
        ELSIF v_rule.blocked IS NULL THEN
          v_below := v_rule.threshold;
        END IF;
    END CASE;
  END IF;
  UPDATE auto_top_up SET due_at = v_due WHERE organization_id = p_organization_id AND due_at IS DISTINCT FROM v_due;
  UPDATE balance SET top_up_below = v_below
    WHERE organization_id = p_organization_id AND top_up_below IS DISTINCT FROM v_below;
END
$$;

-- Makes the rule wait for a reason. Owners get a mail if the reason is new; about a reached cap, once a month.
CREATE OR REPLACE FUNCTION ledger.block_auto_top_up(p_organization_id uuid, p_at timestamptz, p_reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_month CONSTANT date := (SELECT month FROM ledger.auto_top_up_month(p_organization_id, p_at));
BEGIN
  UPDATE auto_top_up SET blocked = p_reason, blocked_at = p_at,
      notice = CASE WHEN CASE p_reason WHEN 'capped' THEN capped_month IS DISTINCT FROM v_month
        ELSE blocked IS DISTINCT FROM p_reason END THEN p_reason ELSE notice END,
      capped_month = CASE p_reason WHEN 'capped' THEN v_month ELSE capped_month END
    WHERE organization_id = p_organization_id;
  PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
END
$$;

-- Runs after a clawback, under the lock on the balance row. A refund or dispute must not cause a new charge: credit
-- below the threshold waits until purchases or grants raise it above, or until an owner sets the rule. Another mail
-- tells the owners about a dispute.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_returned(p_organization_id uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_suspended CONSTANT boolean := ledger.charges_suspended(p_organization_id);
BEGIN
  UPDATE auto_top_up SET blocked = 'returned', blocked_at = p_at, notice = CASE WHEN NOT v_suspended THEN 'returned' END
    WHERE organization_id = p_organization_id AND enabled
      AND coalesce(blocked, '') NOT IN ('suspended', 'authentication_required', 'returned')
      AND ledger.prepaid_level(p_organization_id, p_at) < threshold;
  IF FOUND THEN
    PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
  END IF;
END
$$;

-- The card for the next charge: the chosen one, or the default; null without one.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_card(p_organization_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT m.id FROM auto_top_up a
    JOIN payment_method m ON m.organization_id = p_organization_id AND m.removed_at IS NULL
      AND CASE WHEN a.payment_method IS NULL THEN m.is_default ELSE m.id = a.payment_method END
    WHERE a.organization_id = p_organization_id
    LIMIT 1
  );
END
$$;

-- Runs after any change of saved cards. If the next charge would use another card than the last charge, the last card's
-- refusal no longer counts, and the rule is due now.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_cards_changed(p_organization_id uuid, p_now timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  -- Another card is no reason to charge a customer right after a refund or dispute.
  UPDATE auto_top_up a SET failures = 0, blocked = CASE a.blocked WHEN 'returned' THEN a.blocked END,
      blocked_at = CASE a.blocked WHEN 'returned' THEN a.blocked_at END,
      notice = CASE a.blocked WHEN 'returned' THEN a.notice END
    WHERE a.organization_id = p_organization_id
      AND (a.failures > 0 OR a.blocked IN ('declined', 'suspended', 'authentication_required', 'no_card'))
      AND ledger.auto_top_up_card(p_organization_id) IS DISTINCT FROM (SELECT p.payment_method FROM payment p
        WHERE p.organization_id = p_organization_id AND p.purpose = 'auto_top_up'
          AND a.blocked IS DISTINCT FROM 'no_card'
        ORDER BY p.created_at DESC LIMIT 1);
  IF FOUND THEN
    PERFORM ledger.rearm_auto_top_up(p_organization_id, v_at);
  END IF;
END
$$;

-- Sets the rule and checks the balance now. A card's refusal counts until the card changes; all other reasons to wait
-- are checked again. Returns the earlier rule, null without one.
CREATE OR REPLACE FUNCTION ledger.set_auto_top_up(
  p_organization_id uuid, p_now timestamptz, p_enabled boolean, p_threshold bigint, p_amount bigint, p_pack text,
  p_payment_method text, p_monthly_cap bigint, p_set_by uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_old jsonb;
BEGIN
  SELECT jsonb_build_object('enabled', enabled, 'threshold', threshold::text, 'amount', amount::text, 'pack', pack,
      'paymentMethod', payment_method, 'monthlyCap', monthly_cap::text)
    INTO v_old FROM auto_top_up WHERE organization_id = p_organization_id;
  INSERT INTO auto_top_up (organization_id, enabled, threshold, amount, pack, payment_method, monthly_cap, set_by,
      set_at)
    VALUES (p_organization_id, p_enabled, p_threshold, p_amount, p_pack, p_payment_method, p_monthly_cap, p_set_by,
      v_at)
    ON CONFLICT (organization_id) DO UPDATE SET enabled = excluded.enabled, threshold = excluded.threshold,
      amount = excluded.amount, pack = excluded.pack, payment_method = excluded.payment_method,
      monthly_cap = excluded.monthly_cap, set_by = excluded.set_by, set_at = excluded.set_at;
  UPDATE auto_top_up SET blocked = NULL, blocked_at = NULL, notice = NULL WHERE organization_id = p_organization_id
    AND blocked NOT IN ('declined', 'suspended', 'authentication_required');
  PERFORM ledger.auto_top_up_cards_changed(p_organization_id, v_at);
  PERFORM ledger.rearm_auto_top_up(p_organization_id, v_at);
  RETURN v_old;
END
$$;
