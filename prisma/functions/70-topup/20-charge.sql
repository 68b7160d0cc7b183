-- Auto top-up: one charge, from the queue to its end. At most one payment is open per organization. The job, a webhook
-- or a read of the provider ends it, always through auto_top_up_failed or auto_top_up_credited, in one transaction.

-- Organizations that are due, each leased to one worker: no other worker gets it before the lease ends.
CREATE OR REPLACE FUNCTION ledger.claim_auto_top_ups(p_now timestamptz, p_lease interval, p_most integer)
RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_now CONSTANT timestamptz := coalesce(p_now, clock_timestamp());
BEGIN
  RETURN QUERY
    UPDATE auto_top_up a SET due_at = v_now + p_lease
      FROM (SELECT d.organization_id FROM auto_top_up d WHERE d.due_at <= v_now
        ORDER BY d.due_at LIMIT p_most FOR UPDATE SKIP LOCKED) AS due
      WHERE a.organization_id = due.organization_id RETURNING a.organization_id;
END
$$;

-- Begins a charge, or returns why not. It checks everything again under the lock. `p_amount` and `p_pack` are the
-- rule's; `p_price` (minor units) and `p_credit` are the catalogue's, null if it no longer sells this. Outcomes:
-- `charge` (opened now, or `resumed`: already in flight), `idle` (nothing to buy), `blocked`, `again` (the rule has
-- changed since). `enabled` is false if nothing may be charged: the caller cancels a charge that is in flight.
CREATE OR REPLACE FUNCTION ledger.begin_auto_top_up(
  p_organization_id uuid, p_now timestamptz, p_id uuid, p_amount bigint, p_pack text, p_price bigint, p_currency text,
  p_credit bigint, p_description text, p_catalogue_version integer, p_paid_plans_only boolean,
  OUT outcome text, OUT payment_id uuid, OUT resumed boolean, OUT enabled boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_rule auto_top_up;
  v_level CONSTANT bigint := ledger.prepaid_level(p_organization_id, v_at);
  v_card CONSTANT text := ledger.auto_top_up_card(p_organization_id);
  v_suspended CONSTANT boolean := ledger.charges_suspended(p_organization_id);
  v_reason text;
BEGIN
  SELECT * INTO STRICT v_rule FROM auto_top_up a WHERE a.organization_id = p_organization_id FOR UPDATE;
  enabled := v_rule.enabled AND NOT v_suspended;
  SELECT p.id INTO payment_id FROM payment p WHERE p.organization_id = p_organization_id AND p.purpose = 'auto_top_up'
    AND p.state = 'open';
  resumed := FOUND;
  IF resumed THEN
    outcome := 'charge';
    RETURN;
  END IF;
  -- The rule may have started to wait for a person, or for the pause after a decline, after this worker claimed it.
  IF NOT enabled OR v_level >= v_rule.threshold
      OR v_rule.blocked IN ('suspended', 'authentication_required', 'gap', 'returned')
      OR (v_rule.blocked = 'declined'
        AND v_at < v_rule.blocked_at + interval '1 hour' * 2 ^ (greatest(v_rule.failures, 1) - 1)) THEN
    UPDATE auto_top_up a SET blocked = NULL, blocked_at = NULL WHERE a.organization_id = p_organization_id
      AND a.blocked NOT IN ('suspended', 'authentication_required') AND v_level >= v_rule.threshold;
    PERFORM ledger.rearm_auto_top_up(p_organization_id, v_at);
    outcome := 'idle';
    RETURN;
  ELSIF v_rule.amount IS DISTINCT FROM p_amount OR v_rule.pack IS DISTINCT FROM p_pack THEN
    UPDATE auto_top_up a SET due_at = v_at WHERE a.organization_id = p_organization_id;
    outcome := 'again';
    RETURN;
  END IF;
  v_reason := CASE
    WHEN p_price IS NULL THEN 'unavailable'
    WHEN p_paid_plans_only AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = p_organization_id
      AND s.status = 'active' AND NOT s.free) THEN 'plan_required'
    WHEN v_card IS NULL THEN 'no_card'
    WHEN p_price > v_rule.monthly_cap - (SELECT charged FROM ledger.auto_top_up_month(p_organization_id, v_at))
      THEN 'capped' END;
  IF v_reason IS NOT NULL THEN
    PERFORM ledger.block_auto_top_up(p_organization_id, v_at, v_reason);
    outcome := 'blocked';
    RETURN;
  END IF;
  INSERT INTO payment (organization_id, id, purpose, amount, currency, credit, description, pack, catalogue_version,
      idempotency_key, request_hash, payment_method, created_at)
    VALUES (p_organization_id, p_id, 'auto_top_up', p_price, p_currency, p_credit, p_description, p_pack,
      p_catalogue_version, 'auto:' || p_id, p_id, v_card, v_at);
  UPDATE auto_top_up a SET from_level = v_level WHERE a.organization_id = p_organization_id;
  outcome := 'charge';
  payment_id := p_id;
END
$$;

-- The result at the provider is unknown, or the provider does not respond: check again after the pause. No decline.
CREATE OR REPLACE FUNCTION ledger.postpone_auto_top_up(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_pause interval
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  UPDATE auto_top_up a SET due_at = v_at + p_pause WHERE a.organization_id = p_organization_id
    AND EXISTS (SELECT 1 FROM payment p
      WHERE p.organization_id = a.organization_id AND p.id = p_payment_id AND p.state = 'open');
END
$$;

-- Cancels a payment of a rule that was switched off, or that a dispute has stopped, if the provider has no charge for
-- it: no request was sent, or the last request is too old to have an effect. Returns whether the payment has ended.
CREATE OR REPLACE FUNCTION ledger.cancel_auto_top_up(p_organization_id uuid, p_now timestamptz, p_payment_id uuid)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_suspended CONSTANT boolean := ledger.charges_suspended(p_organization_id);
  v_payment payment;
BEGIN
  SELECT * INTO STRICT v_payment FROM payment WHERE organization_id = p_organization_id AND id = p_payment_id;
  IF v_payment.state <> 'open' THEN
    RETURN true;
  ELSIF v_payment.intent IS NOT NULL OR v_payment.asked_at > v_at - interval '10 minutes'
      OR (NOT v_suspended
        AND EXISTS (SELECT 1 FROM auto_top_up WHERE organization_id = p_organization_id AND enabled)) THEN
    RETURN false;
  END IF;
  RETURN ledger.end_payment(p_organization_id, v_at, p_payment_id, 'canceled', NULL, CASE
    WHEN v_suspended THEN 'Another payment was disputed before the card was charged.'
    ELSE 'It was switched off before the card was charged.' END);
END
$$;

-- Runs when a payment has failed or was canceled, under the lock on the balance row. A declined card is charged again
-- after an hour, then after two. The third decline, or a lost or stolen card, suspends the rule until the card changes.
-- A charge that its cardholder must confirm waits for the cardholder.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_failed(
  p_organization_id uuid, p_at timestamptz, p_state text, p_code text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_failures integer;
BEGIN
  IF p_state = 'canceled' THEN
    PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
  ELSIF p_code = 'authentication_required' THEN
    PERFORM ledger.block_auto_top_up(p_organization_id, p_at, 'authentication_required');
  ELSE
    UPDATE auto_top_up SET failures = failures + 1
      WHERE organization_id = p_organization_id RETURNING failures INTO v_failures;
    PERFORM ledger.block_auto_top_up(p_organization_id, p_at, CASE WHEN v_failures >= 3
      OR p_code IN ('lost_card', 'stolen_card', 'fraudulent', 'pickup_card', 'merchant_blacklist', 'card_missing')
        THEN 'suspended' ELSE 'declined' END);
  END IF;
END
$$;

-- Runs when credit was added, under the lock on the balance row; `p_purpose` is the payment's, null without one. A
-- charge that could not reach the threshold is the last one; if calls spent its credit, another one follows. A payment
-- that the cardholder makes themselves ends the wait for their confirmation.
CREATE OR REPLACE FUNCTION ledger.auto_top_up_credited(
  p_organization_id uuid, p_at timestamptz, p_purpose text, p_credit bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_rule auto_top_up;
  v_level bigint;
BEGIN
  SELECT * INTO v_rule FROM auto_top_up WHERE organization_id = p_organization_id FOR UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  v_level := ledger.prepaid_level(p_organization_id, p_at);
  IF p_purpose = 'auto_top_up' THEN
    -- After a clawback, this charge is the last one until the credit is above the threshold.
    UPDATE auto_top_up SET failures = 0, blocked = NULL, blocked_at = NULL, notice = NULL
      WHERE organization_id = p_organization_id AND (blocked IS DISTINCT FROM 'returned' OR v_level >= threshold);
    IF NOT FOUND THEN
      PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
      RETURN;
    ELSIF v_rule.enabled AND v_level < v_rule.threshold AND v_rule.from_level + p_credit < v_rule.threshold THEN
      PERFORM ledger.block_auto_top_up(p_organization_id, p_at, 'gap');
      RETURN;
    END IF;
  ELSE
    UPDATE auto_top_up SET failures = 0, blocked = NULL, blocked_at = NULL, notice = NULL
      WHERE organization_id = p_organization_id AND (blocked IN ('gap', 'returned') AND v_level >= threshold
        OR blocked = 'authentication_required' AND p_purpose = 'top_up');
    IF NOT FOUND THEN
      RETURN;
    END IF;
  END IF;
  PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
END
$$;

-- The reasons to mail to owners. They leave the queue when the caller's transaction commits.
CREATE OR REPLACE FUNCTION ledger.take_auto_top_up_notices(p_most integer)
RETURNS TABLE (organization_id uuid, notice text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    WITH taken AS (
      SELECT d.organization_id, d.notice FROM auto_top_up d WHERE d.notice IS NOT NULL
        ORDER BY d.blocked_at LIMIT p_most FOR UPDATE SKIP LOCKED
    )
    UPDATE auto_top_up a SET notice = NULL FROM taken
      WHERE a.organization_id = taken.organization_id RETURNING a.organization_id, taken.notice;
END
$$;
