-- A payment's row: opened before the request to the provider, linked to the provider's objects, and ended once. Its
-- price and its credit are frozen when it is opened.

-- Opens a payment. A repeat of the same key and hash returns the same payment. Errors: P0002 no such organization;
-- TG422 the key was used with another request; 23P01 another auto top-up is in flight.
CREATE OR REPLACE FUNCTION ledger.open_payment(
  p_organization_id uuid, p_now timestamptz, p_id uuid, p_purpose text, p_amount bigint, p_currency text,
  p_credit bigint,
  p_description text, p_catalogue_version integer, p_idempotency_key text, p_request_hash uuid,
  p_created_by uuid DEFAULT NULL, p_payment_method text DEFAULT NULL, p_save_card boolean DEFAULT false,
  p_pack text DEFAULT NULL, p_plan text DEFAULT NULL, p_interval text DEFAULT NULL,
  p_check_at timestamptz DEFAULT NULL, OUT id uuid, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_hash uuid;
BEGIN
  -- A deleted organization cannot buy, and it cannot be deleted during a purchase.
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  INSERT INTO payment (organization_id, id, purpose, amount, currency, credit, description, pack, plan, "interval",
      catalogue_version, idempotency_key, request_hash, created_by, payment_method, save_card, check_at, created_at)
    VALUES (p_organization_id, p_id, p_purpose, p_amount, p_currency, p_credit, p_description, p_pack, p_plan,
      p_interval, p_catalogue_version, p_idempotency_key, p_request_hash, p_created_by, p_payment_method, p_save_card,
      p_check_at, coalesce(p_now, clock_timestamp()))
    ON CONFLICT (idempotency_key, organization_id) DO NOTHING;
  replayed := NOT FOUND;
  SELECT p.id, p.request_hash INTO STRICT id, v_hash FROM payment p
    WHERE p.organization_id = p_organization_id AND p.idempotency_key = p_idempotency_key;
  IF v_hash <> p_request_hash THEN
    RAISE EXCEPTION 'the idempotency key was used with another request' USING ERRCODE = 'TG422';
  END IF;
END
$$;

-- Records that a charge is about to be requested from the provider, and returns the number in its key: 0 is the
-- payment's own key. The key is the same for twenty minutes, because a provider repeats its first answer to a repeated
-- key. A new key is used only if the last request is ten minutes old, because the provider may still be working on it.
-- The payment is checked again after 1, 2, 4, … minutes, at most an hour. Returns null if no request is allowed now:
-- the payment has ended, another worker sent a request less than 45 seconds ago, or it is automatic and a dispute has
-- stopped automatic charges.
CREATE OR REPLACE FUNCTION ledger.ask_payment(p_organization_id uuid, p_now timestamptz, p_payment_id uuid)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz;
  v_key_seconds CONSTANT numeric := 1200;
  v_payment payment;
  v_key integer;
BEGIN
  -- This waits for a dispute that is being recorded: the dispute is known before the card is charged, or the charge was
  -- first.
  PERFORM 1 FROM balance WHERE organization_id = p_organization_id FOR UPDATE;
  v_at := coalesce(p_now, clock_timestamp());
  SELECT * INTO v_payment FROM payment WHERE organization_id = p_organization_id AND id = p_payment_id FOR UPDATE;
  IF NOT FOUND OR v_payment.state <> 'open' OR v_at < v_payment.asked_at + interval '45 seconds' THEN
    RETURN NULL;
  ELSIF v_payment.purpose = 'auto_top_up' AND ledger.charges_suspended(p_organization_id) THEN
    RETURN NULL;
  END IF;
  v_key := floor(greatest(extract(epoch FROM v_at - v_payment.created_at), 0) / v_key_seconds);
  IF v_at < v_payment.asked_at + interval '10 minutes'
      AND v_key <> floor(extract(epoch FROM v_payment.asked_at - v_payment.created_at) / v_key_seconds) THEN
    RETURN NULL;
  END IF;
  UPDATE payment SET tries = tries + 1, asked_at = v_at,
      check_at = v_at + least(interval '1 hour', interval '1 minute' * 2 ^ least(tries, 10))
    WHERE organization_id = p_organization_id AND id = p_payment_id;
  RETURN v_key;
END
$$;

-- Stores the provider's ids of a payment; null keeps the old value. Errors: 23505 another payment has one of them.
CREATE OR REPLACE FUNCTION ledger.link_payment(
  p_organization_id uuid, p_payment_id uuid, p_session text, p_intent text, p_invoice text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE payment SET session = coalesce(p_session, session), intent = coalesce(p_intent, intent),
      invoice = coalesce(p_invoice, invoice)
    WHERE organization_id = p_organization_id AND id = p_payment_id;
END
$$;

-- Sets the time of the job's next check of the payment; null is never.
CREATE OR REPLACE FUNCTION ledger.check_payment(p_organization_id uuid, p_payment_id uuid, p_check_at timestamptz)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE payment SET check_at = p_check_at WHERE organization_id = p_organization_id AND id = p_payment_id;
END
$$;

-- Payments that are due for a check, each leased to one worker: no other worker gets it before the lease ends.
CREATE OR REPLACE FUNCTION ledger.claim_payments(p_now timestamptz, p_lease interval, p_most integer)
RETURNS TABLE (organization_id uuid, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_now CONSTANT timestamptz := coalesce(p_now, clock_timestamp());
BEGIN
  RETURN QUERY
    UPDATE payment p SET check_at = v_now + p_lease
      FROM (SELECT d.organization_id, d.id FROM payment d WHERE d.check_at <= v_now
        ORDER BY d.check_at LIMIT p_most FOR UPDATE SKIP LOCKED) AS due
      WHERE p.organization_id = due.organization_id AND p.id = due.id
      RETURNING p.organization_id, p.id;
END
$$;

-- Ends a payment without credit. A payment that has ended stays as it is: a late failure changes nothing. Returns
-- whether it was open.
CREATE OR REPLACE FUNCTION ledger.end_payment(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_state text, p_code text, p_message text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz;
BEGIN
  IF p_state NOT IN ('failed', 'canceled') THEN
    RAISE EXCEPTION 'a payment does not end as %', p_state;
  END IF;
  -- Balances are locked before payments, as in credit_payment; auto top-up changes with the payment's end.
  SELECT greatest(coalesce(p_now, clock_timestamp()), b.posted_at) INTO v_at FROM balance b
    WHERE b.organization_id = p_organization_id FOR UPDATE;
  UPDATE payment SET state = p_state, failure_code = p_code, failure_message = p_message, check_at = NULL,
      settled_at = coalesce(p_now, clock_timestamp())
    WHERE organization_id = p_organization_id AND id = p_payment_id AND state = 'open';
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'unpaid', p_payment_id);
  RETURN true;
END
$$;
