-- Paid plans. Each paid invoice has one payment row, found under the balance's lock, so that its credit is added once,
-- however many events report it.

-- Freezes the credit of a plan's payment, beside its price, before the request to the provider.
CREATE OR REPLACE FUNCTION ledger.freeze_plan(
  p_organization_id uuid, p_payment_id uuid, p_allowance bigint, p_discount integer, p_cycles integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE payment SET allowance = p_allowance, discount_percent = p_discount, cycles = p_cycles
    WHERE organization_id = p_organization_id AND id = p_payment_id AND purpose = 'plan' AND state = 'open';
END
$$;

-- The running subscription of the provider, or TG409. The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.require_paid_plan(p_organization_id uuid, p_provider_id text) RETURNS subscription
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_sub subscription;
BEGIN
  SELECT * INTO v_sub FROM subscription WHERE organization_id = p_organization_id AND status = 'active'
    AND provider_id = p_provider_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'another plan is running, or none' USING ERRCODE = 'TG409', DETAIL = 'other_plan';
  END IF;
  RETURN v_sub;
END
$$;

-- Records that a plan's payment succeeded. The caller has added its credit, under the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.settle_plan_payment(
  p_organization_id uuid, p_payment_id uuid, p_at timestamptz, p_invoice text, p_intent text, p_amount bigint,
  p_card text, p_grant_id uuid, p_first_cycle integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE payment SET state = 'succeeded', invoice = p_invoice, intent = coalesce(p_intent, intent), amount = p_amount,
      card = p_card, grant_id = p_grant_id, first_cycle = p_first_cycle, settled_at = p_at, check_at = NULL,
      failure_code = NULL, failure_message = NULL
    WHERE organization_id = p_organization_id AND id = p_payment_id;
END
$$;

-- A plan starts because its first invoice is paid, or starts again because the customer changed from months to years.
-- It replaces a free plan, none, or the same subscription. `p_anchor` is the start of the provider's own period.
-- Errors: P0002 no such payment; TG409 another paid plan is running, or the amount or currency differs.
CREATE OR REPLACE FUNCTION ledger.start_paid_plan(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_anchor timestamptz, p_payg_mode text,
  p_provider_id text, p_invoice text, p_intent text, p_amount bigint, p_currency text, p_card text,
  OUT version integer, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_payment payment;
  v_sub subscription;
  v_begun record;
BEGIN
  SELECT * INTO STRICT v_payment FROM payment p
    WHERE p.organization_id = p_organization_id AND p.id = p_payment_id AND p.purpose = 'plan' FOR UPDATE;
  SELECT * INTO v_sub FROM subscription s WHERE s.organization_id = p_organization_id;
  replayed := v_payment.state = 'succeeded';
  version := v_sub.version;
  IF replayed THEN
    RETURN;
  END IF;
  IF v_sub.status = 'active' AND NOT v_sub.free AND v_sub.provider_id IS DISTINCT FROM p_provider_id THEN
    RAISE EXCEPTION 'another plan is running' USING ERRCODE = 'TG409', DETAIL = 'other_plan';
  ELSIF v_payment.amount <> p_amount OR v_payment.currency <> p_currency THEN
    RAISE EXCEPTION 'another amount was paid than was asked' USING ERRCODE = 'TG409', DETAIL = 'amount';
  END IF;
  SELECT * INTO STRICT v_begun FROM ledger.begin_plan(p_organization_id, v_at, p_anchor, v_payment.plan,
    v_payment.allowance, v_payment.discount_percent, false, p_payg_mode, v_payment.cycles, v_payment."interval",
    p_provider_id, 'renewal', 'cycle:' || coalesce(v_sub.cycle + 1, 0), p_organization_id);
  version := v_begun.version;
  PERFORM ledger.settle_plan_payment(p_organization_id, p_payment_id, v_at, p_invoice, p_intent, p_amount, p_card,
    v_begun.grant_id, v_begun.cycle);
  PERFORM ledger.advance(p_organization_id, p_now);
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'plan_started');
END
$$;

-- A renewal's invoice is paid: one more cycle, or twelve. Due cycles start now. Makes the payment's row.
-- Errors: TG409 the provider's subscription is not the running one.
CREATE OR REPLACE FUNCTION ledger.pay_cycles(
  p_organization_id uuid, p_now timestamptz, p_provider_id text, p_invoice text, p_intent text, p_amount bigint,
  p_currency text, p_description text, p_catalogue_version integer, p_card text, OUT payment_id uuid,
  OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_sub subscription;
  v_cycles integer;
  v_next boolean;
  v_allowance bigint;
BEGIN
  SELECT p.id INTO payment_id FROM payment p WHERE p.organization_id = p_organization_id AND p.invoice = p_invoice;
  replayed := FOUND;
  IF replayed THEN
    RETURN;
  END IF;
  v_sub := ledger.require_paid_plan(p_organization_id, p_provider_id);
  v_cycles := CASE v_sub."interval" WHEN 'year' THEN 12 ELSE 1 END;
  v_next := coalesce(v_sub.next_cycle <= v_sub.paid_cycles, false);
  v_allowance := CASE WHEN v_next THEN v_sub.next_allowance ELSE v_sub.allowance END;
  payment_id := ledger.uuid7(v_at);
  INSERT INTO payment (organization_id, id, purpose, state, amount, currency, credit, description, plan, "interval",
      catalogue_version, idempotency_key, request_hash, invoice, intent, card, allowance, discount_percent, cycles,
      first_cycle, created_at, settled_at)
    VALUES (p_organization_id, payment_id, 'plan', 'succeeded', p_amount, p_currency, v_allowance * v_cycles,
      p_description,
      CASE WHEN v_next THEN v_sub.next_plan ELSE v_sub.plan END, v_sub."interval", p_catalogue_version,
      'invoice:' || p_invoice, p_organization_id, p_invoice, p_intent, p_card, v_allowance,
      CASE WHEN v_next THEN v_sub.next_discount_percent ELSE v_sub.discount_percent END, v_cycles, v_sub.paid_cycles,
      v_at, v_at);
  UPDATE subscription SET paid_cycles = paid_cycles + v_cycles, past_due_since = NULL
    WHERE organization_id = p_organization_id;
  PERFORM ledger.advance(p_organization_id, p_now);
END
$$;

-- A larger plan from now on, because the difference is paid: the running cycle gets the frozen credit for its rest,
-- later cycles get the new allowance, and an earlier choice of a smaller plan is canceled.
-- Errors: P0002 no such payment; TG409 the provider's subscription is not the running one.
CREATE OR REPLACE FUNCTION ledger.change_plan(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_provider_id text, p_invoice text, p_intent text,
  p_amount bigint, p_card text, OUT version integer, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_payment payment;
  v_sub subscription;
  v_added bigint;
  v_grant uuid;
BEGIN
  SELECT * INTO STRICT v_payment FROM payment p
    WHERE p.organization_id = p_organization_id AND p.id = p_payment_id AND p.purpose = 'plan' FOR UPDATE;
  replayed := v_payment.state = 'succeeded';
  SELECT s.version INTO version FROM subscription s WHERE s.organization_id = p_organization_id;
  IF replayed THEN
    RETURN;
  END IF;
  PERFORM ledger.advance(p_organization_id, p_now);
  v_sub := ledger.require_paid_plan(p_organization_id, p_provider_id);
  -- Paid cycles that have not started will add the new allowance themselves; the rest belongs to the running cycle.
  v_added := greatest(0, v_payment.credit
    - (v_payment.allowance - v_sub.allowance) * (v_sub.paid_cycles - v_sub.cycle - 1));
  IF v_added > 0 THEN
    SELECT g.grant_id INTO STRICT v_grant FROM ledger.give(p_organization_id, v_at, 'grant', 'plan', v_added, 0,
      greatest(v_sub.cycle_end, (SELECT ledger.next_boundary(v_sub.anchor_at, o.time_zone, v_at) FROM organization o
        WHERE o.id = p_organization_id)), 'plan', v_payment.plan, v_sub.cycle, 'payment', p_invoice, p_organization_id,
      v_payment.description) AS g;
  END IF;
  version := version + 1;
  UPDATE subscription s SET plan = v_payment.plan, allowance = v_payment.allowance,
      discount_percent = v_payment.discount_percent, version = s.version + 1, next_plan = NULL, next_allowance = NULL,
      next_discount_percent = NULL, next_cycle = NULL
    WHERE s.organization_id = p_organization_id;
  PERFORM ledger.settle_plan_payment(p_organization_id, p_payment_id, v_at, p_invoice, p_intent, p_amount, p_card,
    v_grant, v_sub.cycle);
  -- It pays for the running cycle and the paid ones, not for later ones.
  UPDATE payment SET cycles = v_sub.paid_cycles - v_sub.cycle
    WHERE organization_id = p_organization_id AND id = p_payment_id;
END
$$;
