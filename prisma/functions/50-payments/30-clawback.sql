-- Makes the clawback of a payment's credit equal to `p_target` minor units. A larger clawback takes the payment's own
-- free credit; the rest becomes debt, which other free credit then pays. A smaller one restores credit as new
-- purchased credit. `p_only_free`: take own free credit only, or raise. The caller rounds the target under the lock on
-- the balance row, which this function takes again. A payment without credit changes nothing. Returns the change.
-- Errors: P0002 no such payment; TG409 its free credit does not cover it (what is free, in the detail); TG422 a target
-- that is not between zero and the credit.
CREATE OR REPLACE FUNCTION ledger.set_clawback(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_target bigint, p_only_free boolean, p_description text
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_own CONSTANT text := 'pay_' || ledger.public_part(p_organization_id, p_payment_id);
  v_payment payment;
  v_delta bigint;
BEGIN
  SELECT * INTO STRICT v_payment FROM payment
    WHERE organization_id = p_organization_id AND id = p_payment_id FOR UPDATE;
  v_delta := p_target - v_payment.clawed;
  IF v_payment.state <> 'succeeded' OR v_delta = 0 THEN
    RETURN 0;
  ELSIF p_target NOT BETWEEN 0 AND v_payment.credit THEN
    RAISE EXCEPTION 'the clawback is not between zero and the payment''s credit' USING ERRCODE = 'TG422';
  ELSIF v_delta < 0 THEN
    PERFORM ledger.restore_credit(v_payment, v_own, -v_delta, v_at, p_description);
  ELSE
    PERFORM ledger.take_clawback(v_payment, v_own, v_delta, p_only_free, v_at, p_description);
  END IF;
  UPDATE payment SET clawed = p_target, claws = claws + 1
    WHERE organization_id = p_organization_id AND id = p_payment_id;
  RETURN v_delta;
END
$$;

-- The grants of a payment's credit: its grant and its restored credit; for a plan's payment, the grants of the cycles
-- that it paid for and that have started.
CREATE OR REPLACE FUNCTION ledger.own_grants(p_payment public.payment) RETURNS SETOF public."grant"
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT g.* FROM "grant" g
    WHERE g.organization_id = p_payment.organization_id AND (g.id = p_payment.grant_id
      OR g.reference = 'pay_' || ledger.public_part(p_payment.organization_id, p_payment.id)
      OR (p_payment.purpose = 'plan' AND p_payment.state = 'succeeded' AND g.kind = 'plan' AND g.source = 'plan'
        AND g.cycle >= p_payment.first_cycle AND g.cycle < p_payment.first_cycle + p_payment.cycles
        -- The grant that an upgrade added to a cycle belongs to the upgrade's payment.
        AND NOT EXISTS (SELECT 1 FROM payment o
          WHERE o.organization_id = p_payment.organization_id AND o.grant_id = g.id AND o.id <> p_payment.id)));
END
$$;

-- Takes the credit of a larger clawback. The caller holds the locks on the balance row and on the payment.
CREATE OR REPLACE FUNCTION ledger.take_clawback(
  p_payment public.payment, p_own text, p_amount bigint, p_only_free boolean, p_at timestamptz, p_description text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_left bigint := p_amount;
  v_plan bigint := 0;
  v_part record;
  v_accounts text[] := ARRAY['funding'];
  v_grant_ids uuid[] := ARRAY[NULL]::uuid[];
  v_amounts bigint[] := ARRAY[p_amount];
BEGIN
  FOR v_part IN
    SELECT id, remaining - held AS free, kind FROM ledger.own_grants(p_payment)
    WHERE live AND remaining > held AND (expires_at IS NULL OR expires_at > p_at)
    ORDER BY created_at, id
  LOOP
    EXIT WHEN v_left = 0;
    v_part.free := least(v_part.free, v_left);
    v_left := v_left - v_part.free;
    IF v_part.kind = 'plan' THEN
      v_plan := v_plan + v_part.free;
    END IF;
    UPDATE "grant" SET remaining = remaining - v_part.free, live = remaining > v_part.free
      WHERE organization_id = p_payment.organization_id AND id = v_part.id;
    v_accounts := v_accounts || 'grant'::text;
    v_grant_ids := v_grant_ids || v_part.id;
    v_amounts := v_amounts || -v_part.free;
  END LOOP;
  IF v_left > 0 AND p_only_free THEN
    RAISE EXCEPTION 'more than what is left of this payment' USING ERRCODE = 'TG409', DETAIL = p_amount - v_left;
  END IF;
  UPDATE balance SET debt = debt + v_left WHERE organization_id = p_payment.organization_id;
  PERFORM ledger.post(p_payment.organization_id, 'clawback', -p_amount, -v_plan, 'clawback',
    p_payment.id || ':' || (p_payment.claws + 1), p_payment.id, p_at, v_accounts || 'debt'::text,
    v_grant_ids || NULL::uuid, v_amounts || -v_left, p_description, NULL, NULL, 'payment', p_own);
  IF v_left > 0 THEN
    PERFORM ledger.pay_debt(p_payment.organization_id, p_at);
  END IF;
  PERFORM ledger.prepaid_changed(p_payment.organization_id, p_at, 'clawback');
END
$$;

-- Restores the credit of a smaller clawback as a new grant, because the old grant may have expired. Debt is paid first.
-- The caller holds the locks on the balance row and on the payment.
CREATE OR REPLACE FUNCTION ledger.restore_credit(
  p_payment public.payment, p_own text, p_amount bigint, p_at timestamptz, p_description text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_id CONSTANT uuid := ledger.uuid7(p_at);
  v_paid bigint;
BEGIN
  SELECT least(debt, p_amount) INTO STRICT v_paid FROM balance WHERE organization_id = p_payment.organization_id;
  UPDATE balance SET debt = debt - v_paid WHERE organization_id = p_payment.organization_id;
  INSERT INTO "grant" (organization_id, id, kind, amount, remaining, source, reference, live, created_at)
    VALUES (p_payment.organization_id, v_id, 'purchased', p_amount, p_amount - v_paid, 'reinstated', p_own,
      p_amount > v_paid, p_at);
  PERFORM ledger.post(p_payment.organization_id, 'adjustment', p_amount, 0, 'clawback',
    p_payment.id || ':' || (p_payment.claws + 1), p_payment.id, p_at, ARRAY['grant', 'funding', 'grant', 'debt'],
    ARRAY[v_id, NULL, v_id, NULL]::uuid[], ARRAY[p_amount, -p_amount, -v_paid, v_paid], p_description, NULL, NULL,
    'payment', p_own);
  PERFORM ledger.prepaid_changed(p_payment.organization_id, p_at, 'given');
END
$$;
