-- The effect on auto top-up when prepaid credit, its purchases or saved cards change. Replaces the empty function that
-- prisma/functions/20-ledger/05-prepaid-changed.sql declares. The caller holds the lock on the balance row, except for
-- `cards_changed`. `p_payment_id` is the payment of `paid` and `unpaid`. Errors: 20000 a change that is not listed.
CREATE OR REPLACE FUNCTION ledger.prepaid_changed(
  p_organization_id uuid, p_at timestamptz, p_change text, p_payment_id uuid DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_payment payment;
BEGIN
  CASE p_change
    WHEN 'lowered' THEN -- Spent or expired.
      PERFORM ledger.queue_auto_top_up(p_organization_id, p_at);
    WHEN 'given' THEN -- Without a payment, or not known as one yet: `paid` follows then.
      PERFORM ledger.auto_top_up_credited(p_organization_id, p_at, NULL, NULL);
    WHEN 'paid' THEN
      SELECT * INTO STRICT v_payment FROM payment WHERE organization_id = p_organization_id AND id = p_payment_id;
      PERFORM ledger.auto_top_up_credited(p_organization_id, p_at, v_payment.purpose, v_payment.credit);
    WHEN 'unpaid' THEN -- The payment failed or was canceled.
      SELECT * INTO STRICT v_payment FROM payment WHERE organization_id = p_organization_id AND id = p_payment_id;
      IF v_payment.purpose = 'auto_top_up' THEN
        PERFORM ledger.auto_top_up_failed(p_organization_id, p_at, v_payment.state, v_payment.failure_code);
        -- The owner may have chosen another card since: then this card's refusal no longer counts.
        PERFORM ledger.auto_top_up_cards_changed(p_organization_id, p_at);
      END IF;
    WHEN 'clawback' THEN
      PERFORM ledger.auto_top_up_returned(p_organization_id, p_at);
    WHEN 'cards_changed' THEN
      PERFORM ledger.auto_top_up_cards_changed(p_organization_id, p_at);
    WHEN 'charges_suspended' THEN
      PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
    WHEN 'charges_resumed' THEN -- What is below the threshold is bought at once.
      UPDATE auto_top_up
        SET blocked = NULL, blocked_at = NULL, notice = NULL
        WHERE organization_id = p_organization_id AND blocked = 'returned';
      PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
    WHEN 'plan_started' THEN -- Where only paid plans may buy, auto top-up may have waited for this.
      UPDATE auto_top_up
        SET blocked = NULL, blocked_at = NULL
        WHERE organization_id = p_organization_id AND blocked = 'plan_required';
      PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
    WHEN 'organization_deleted' THEN
      UPDATE auto_top_up SET enabled = false WHERE organization_id = p_organization_id;
      PERFORM ledger.rearm_auto_top_up(p_organization_id, p_at);
  END CASE;
END
$$;
