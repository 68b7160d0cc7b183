-- Pays debt from credit that is free again (a hold returned it), in burn order: debt and free credit never exist
-- together. The caller holds the lock on the balance row. Returns the amount paid.
CREATE OR REPLACE FUNCTION ledger.pay_debt(p_organization_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_debt bigint;
  v_seq bigint;
  v_paid bigint;
  v_part record;
  v_accounts text[] := ARRAY['debt'];
  v_grant_ids uuid[] := ARRAY[NULL]::uuid[];
  v_amounts bigint[] := '{}';
BEGIN
  SELECT debt, seq INTO STRICT v_debt, v_seq FROM balance WHERE organization_id = p_organization_id;
  v_paid := least(v_debt, (SELECT coalesce(sum(remaining - held), 0) FROM "grant"
    WHERE organization_id = p_organization_id AND live AND (expires_at IS NULL OR expires_at > p_at)));
  IF v_paid = 0 THEN
    RETURN 0;
  END IF;
  UPDATE balance SET debt = debt - v_paid WHERE organization_id = p_organization_id;
  v_amounts := ARRAY[v_paid];
  v_debt := v_paid;
  FOR v_part IN
    SELECT g.id, g.remaining - g.held AS free FROM "grant" g
    WHERE g.organization_id = p_organization_id AND g.live AND g.remaining > g.held
      AND (g.expires_at IS NULL OR g.expires_at > p_at)
    ORDER BY ledger.burn_order(g)
  LOOP
    EXIT WHEN v_debt = 0;
    v_part.free := least(v_part.free, v_debt);
    v_debt := v_debt - v_part.free;
    UPDATE "grant" SET remaining = remaining - v_part.free, live = remaining > v_part.free
      WHERE organization_id = p_organization_id AND id = v_part.id;
    v_accounts := v_accounts || 'grant'::text;
    v_grant_ids := v_grant_ids || v_part.id;
    v_amounts := v_amounts || -v_part.free;
  END LOOP;
  PERFORM ledger.post(p_organization_id, 'adjustment', 0, 0, 'debt', 'debt:' || (v_seq + 1), p_organization_id, p_at,
    v_accounts, v_grant_ids, v_amounts, 'Debt paid');
  RETURN v_paid;
END
$$;
