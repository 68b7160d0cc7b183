-- Changes of a paid plan that cost nothing now. Each names the provider's subscription: a change of another one, or a
-- late one, has no effect.

-- Chooses a smaller plan that starts after the paid cycles; a null plan cancels the choice. Returns when it starts.
-- Errors: TG409 the provider's subscription is not the running one.
CREATE OR REPLACE FUNCTION ledger.schedule_plan(
  p_organization_id uuid, p_now timestamptz, p_provider_id text, p_plan text, p_allowance bigint, p_discount integer
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  PERFORM ledger.require_paid_plan(p_organization_id, p_provider_id);
  UPDATE subscription SET next_plan = p_plan, next_allowance = CASE WHEN p_plan IS NOT NULL THEN p_allowance END,
      next_discount_percent = CASE WHEN p_plan IS NOT NULL THEN p_discount END,
      next_cycle = CASE WHEN p_plan IS NOT NULL THEN paid_cycles END
    WHERE organization_id = p_organization_id;
  RETURN ledger.paid_until(p_organization_id);
END
$$;

-- Sets whether the plan ends after the paid cycles or continues. Returns its end (null: it continues) and whether this
-- changed it. Errors: TG409 the provider's subscription is not the running one.
CREATE OR REPLACE FUNCTION ledger.set_plan_end(
  p_organization_id uuid, p_now timestamptz, p_provider_id text, p_ends boolean, OUT ends_at timestamptz,
  OUT changed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_sub subscription;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  v_sub := ledger.require_paid_plan(p_organization_id, p_provider_id);
  ends_at := CASE WHEN p_ends THEN ledger.paid_until(p_organization_id) END;
  changed := v_sub.ends_at IS DISTINCT FROM ends_at;
  UPDATE subscription s SET ends_at = set_plan_end.ends_at WHERE s.organization_id = p_organization_id AND changed;
END
$$;

-- Records since when the latest invoice is unpaid; null is paid. Returns whether this changed it.
-- Errors: TG409 the provider's subscription is not the running one.
CREATE OR REPLACE FUNCTION ledger.set_past_due(
  p_organization_id uuid, p_now timestamptz, p_provider_id text, p_past_due boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  PERFORM ledger.require_paid_plan(p_organization_id, p_provider_id);
  UPDATE subscription SET past_due_since = CASE WHEN p_past_due THEN v_at END
    WHERE organization_id = p_organization_id AND (past_due_since IS NOT NULL) <> p_past_due;
  RETURN FOUND;
END
$$;

-- Ends a paid plan after its paid cycles, or now because its payment was reversed, and starts the catalogue's default
-- plan (null: none) in its place. Returns whether it ended now; while a paid part is left, it stays.
CREATE OR REPLACE FUNCTION ledger.end_plan(
  p_organization_id uuid, p_now timestamptz, p_provider_id text, p_plan text, p_allowance bigint, p_payg_mode text,
  p_at_once boolean DEFAULT false
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_sub subscription;
BEGIN
  PERFORM ledger.advance(p_organization_id, p_now);
  SELECT * INTO v_sub FROM subscription
    WHERE organization_id = p_organization_id AND status = 'active' AND provider_id = p_provider_id;
  IF NOT FOUND OR (NOT p_at_once AND ledger.paid_until(p_organization_id) > v_at) THEN
    RETURN false;
  END IF;
  -- No payment pays any longer for cycles that have not started; the rest of the running one ends.
  UPDATE payment SET cycles = greatest(0, v_sub.cycle + 1 - first_cycle) WHERE organization_id = p_organization_id
    AND purpose = 'plan' AND state = 'succeeded' AND first_cycle >= v_sub.anchor_cycle
    AND first_cycle + cycles > v_sub.cycle + 1;
  PERFORM ledger.write_off_plan(p_organization_id, v_at);
  UPDATE subscription SET status = 'ended', ends_at = least(ends_at, v_at), past_due_since = NULL, next_plan = NULL,
      next_allowance = NULL, next_discount_percent = NULL, next_cycle = NULL WHERE organization_id = p_organization_id;
  IF p_plan IS NOT NULL THEN
    PERFORM ledger.begin_plan(p_organization_id, v_at, v_at, p_plan, p_allowance, 0, true, p_payg_mode, 1, NULL, NULL,
      'subscribe', 'after:' || v_sub.version, p_organization_id);
  END IF;
  RETURN true;
END
$$;

-- A plan's invoice that is paid while another plan runs, or none (it ended, or two were bought at the same time). Its
-- credit is added without an expiry. `p_payment_id` null makes the row, with the given terms. Returns the payment.
CREATE OR REPLACE FUNCTION ledger.credit_plan_payment(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_invoice text, p_intent text, p_amount bigint,
  p_currency text, p_credit bigint, p_plan text, p_description text, p_catalogue_version integer, p_card text,
  OUT payment_id uuid, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_payment payment;
  v_grant uuid;
BEGIN
  SELECT * INTO v_payment FROM payment p WHERE p.organization_id = p_organization_id
    AND (p.invoice = p_invoice OR p.id = p_payment_id) ORDER BY p.invoice = p_invoice DESC NULLS LAST
      LIMIT 1 FOR UPDATE;
  payment_id := coalesce(v_payment.id, ledger.uuid7(v_at));
  replayed := coalesce(v_payment.state = 'succeeded', false);
  IF replayed THEN
    RETURN;
  END IF;
  IF v_payment.id IS NULL THEN
    INSERT INTO payment (organization_id, id, purpose, amount, currency, credit, description, plan, catalogue_version,
        idempotency_key, request_hash, created_at)
      VALUES (p_organization_id, payment_id, 'plan', p_amount, p_currency, p_credit, p_description, p_plan,
        p_catalogue_version, 'invoice:' || p_invoice, p_organization_id, v_at)
      RETURNING * INTO v_payment;
  END IF;
  IF v_payment.credit > 0 THEN
    SELECT g.grant_id INTO STRICT v_grant FROM ledger.give(p_organization_id, v_at, 'purchase', 'purchased',
      v_payment.credit, 0, NULL, 'payment', 'pay_' || ledger.public_part(p_organization_id, payment_id), NULL,
      'payment', p_invoice, p_organization_id, v_payment.description) AS g;
  END IF;
  PERFORM ledger.settle_plan_payment(p_organization_id, payment_id, v_at, p_invoice, p_intent, p_amount, p_card,
    v_grant, NULL);
END
$$;
