-- Adds credit: one grant, one transaction. The new grant pays debt first. Locks the balance row itself. Returns the
-- grant's id, the transaction's number and whether they existed already (a repeat of the same key and hash).
-- Errors: TG422 the key was used with another request.
CREATE OR REPLACE FUNCTION ledger.give(
  p_organization_id uuid, p_now timestamptz, p_type text, p_kind text, p_amount bigint, p_priority integer,
  p_expires_at timestamptz, p_source text, p_reference text, p_cycle integer, p_scope text, p_idempotency_key text,
  p_request_hash uuid, p_description text, OUT grant_id uuid, OUT seq bigint, OUT replayed boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_old transaction;
  v_paid bigint;
BEGIN
  SELECT * INTO v_old FROM transaction t
    WHERE t.organization_id = p_organization_id AND t.scope = p_scope AND t.idempotency_key = p_idempotency_key;
  IF FOUND THEN
    IF v_old.request_hash <> p_request_hash THEN
      RAISE EXCEPTION 'the idempotency key was used with another request' USING ERRCODE = 'TG422';
    END IF;
    SELECT e.grant_id INTO grant_id FROM entry e
      WHERE e.organization_id = p_organization_id AND e.transaction_seq = v_old.seq AND e.account = 'grant'
      ORDER BY e.line LIMIT 1;
    seq := v_old.seq;
    replayed := true;
    RETURN;
  END IF;
  replayed := false;
  grant_id := ledger.uuid7(v_at);
  UPDATE balance b SET debt = b.debt - least(o.debt, p_amount)
    FROM (SELECT debt FROM balance WHERE organization_id = p_organization_id) AS o
    WHERE b.organization_id = p_organization_id RETURNING least(o.debt, p_amount) INTO v_paid;
  INSERT INTO "grant" (organization_id, id, kind, amount, remaining, priority, expires_at, source, reference, cycle,
      live, created_at)
    VALUES (p_organization_id, grant_id, p_kind, p_amount, p_amount - v_paid, p_priority, p_expires_at, p_source,
      p_reference, p_cycle, p_amount > v_paid, v_at);
  seq := ledger.post(p_organization_id, p_type, p_amount, CASE WHEN p_kind = 'plan' THEN p_amount ELSE 0 END, p_scope,
    p_idempotency_key, p_request_hash, v_at,
    ARRAY['grant', 'funding', 'grant', 'debt'], ARRAY[grant_id, NULL, grant_id, NULL]::uuid[],
    ARRAY[p_amount, -p_amount, -v_paid, v_paid], p_description);
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'given');
END
$$;
