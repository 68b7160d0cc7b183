-- Appends one transaction with its entries, and updates the organization's number and posting time. The caller holds
-- the lock on the balance row. Entries are parallel arrays that must sum to zero. Returns the transaction's number.
CREATE OR REPLACE FUNCTION ledger.post(
  p_organization_id uuid, p_type text, p_amount bigint, p_amount_plan bigint, p_scope text, p_idempotency_key text,
  p_request_hash uuid, p_at timestamptz, p_accounts text[], p_grant_ids uuid[], p_amounts bigint[],
  p_description text DEFAULT NULL, p_event_id uuid DEFAULT NULL, p_key_id uuid DEFAULT NULL,
  p_resource_type text DEFAULT NULL, p_resource_id text DEFAULT NULL, p_reverses_seq bigint DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_seq bigint;
  v_debt bigint;
  v_remaining bigint;
  v_free bigint;
BEGIN
  IF (SELECT coalesce(sum(a), 1) FROM unnest(p_amounts) AS a) <> 0 THEN
    RAISE EXCEPTION 'entries of a % do not sum to zero', p_type;
  END IF;
  UPDATE balance SET seq = seq + 1, posted_at = greatest(posted_at, p_at)
    WHERE organization_id = p_organization_id RETURNING seq, debt INTO STRICT v_seq, v_debt;
  SELECT coalesce(sum(remaining), 0),
      coalesce(sum(remaining - held) FILTER (WHERE expires_at IS NULL OR expires_at > p_at), 0)
    INTO v_remaining, v_free FROM "grant" WHERE organization_id = p_organization_id AND live;
  INSERT INTO transaction (organization_id, seq, type, amount, amount_plan, balance_after, available_after, posted_at,
      scope, idempotency_key, request_hash, event_id, key_id, description, resource_type, resource_id, reverses_seq)
    VALUES (p_organization_id, v_seq, p_type, p_amount, p_amount_plan, v_remaining - v_debt, v_free - v_debt, p_at,
      p_scope, p_idempotency_key, p_request_hash, p_event_id, p_key_id, p_description, p_resource_type, p_resource_id,
      p_reverses_seq);
  INSERT INTO entry (organization_id, transaction_seq, line, account, grant_id, amount)
    SELECT p_organization_id, v_seq, e.line, e.account, e.grant_id, e.amount
    FROM unnest(p_accounts, p_grant_ids, p_amounts) WITH ORDINALITY AS e (account, grant_id, amount, line)
    WHERE e.amount <> 0;
  RETURN v_seq;
END
$$;
