-- Adds the credit of a payment, once: the payment's row says whether it was added, and the transaction's key is the
-- provider's id of the charge. A payment that had ended here but was charged there is still credited. Locks the balance
-- row, then the payment's. Returns the grant, the transaction's number and whether they existed. Errors: P0002 no such
-- payment; TG409 the amount or currency differs from the frozen one, or it is a plan's payment.
CREATE OR REPLACE FUNCTION ledger.credit_payment(
  p_organization_id uuid, p_now timestamptz, p_payment_id uuid, p_intent text, p_amount bigint, p_currency text,
  p_card text, OUT grant_id uuid, OUT seq bigint, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_payment payment;
BEGIN
  SELECT * INTO STRICT v_payment FROM payment p
    WHERE p.organization_id = p_organization_id AND p.id = p_payment_id FOR UPDATE;
  IF v_payment.state = 'succeeded' THEN
    SELECT t.seq INTO seq FROM transaction t WHERE t.organization_id = p_organization_id AND t.scope = 'payment'
      AND t.idempotency_key = v_payment.intent;
    grant_id := v_payment.grant_id;
    replayed := true;
    RETURN;
  END IF;
  IF v_payment.purpose = 'plan' OR v_payment.amount <> p_amount OR v_payment.currency <> p_currency THEN
    RAISE EXCEPTION 'what was paid is not what was asked' USING ERRCODE = 'TG409',
      DETAIL = format('%s %s asked, %s %s paid', v_payment.amount, v_payment.currency, p_amount, p_currency);
  END IF;
  SELECT g.grant_id, g.seq INTO STRICT grant_id, seq FROM ledger.give(
    p_organization_id, v_at, 'purchase', 'purchased', v_payment.credit, 0, NULL, 'payment',
    'pay_' || ledger.public_part(p_organization_id, p_payment_id), NULL, 'payment', p_intent, p_payment_id,
    v_payment.description) AS g;
  replayed := false;
  UPDATE payment p SET state = 'succeeded', intent = p_intent, grant_id = credit_payment.grant_id, card = p_card,
      settled_at = v_at, failure_code = NULL, failure_message = NULL
    WHERE p.organization_id = p_organization_id AND p.id = p_payment_id;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'paid', p_payment_id);
END
$$;

-- The part of a public id after its prefix: both ids in base64url.
CREATE OR REPLACE FUNCTION ledger.public_part(p_organization_id uuid, p_id uuid) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = ledger, public, pg_temp AS $$
  SELECT translate(rtrim(encode(uuid_send(p_organization_id) || uuid_send(p_id), 'base64'), '='), E'+/\n', '-_');
$$;
