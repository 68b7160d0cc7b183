-- Pays debt out of credit that is free again because a hold gave it back, in burn order: so there is never debt beside
-- free credit. The caller holds the lock on the balance row. Returns what was paid.
CREATE OR REPLACE FUNCTION ledger.pay_debt(p_organization_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_left bigint := (SELECT debt FROM balance WHERE organization_id = p_organization_id);
  v_paid bigint := 0;
  v_grant record;
  v_take bigint;
  v_accounts text[] := '{}';
  v_grant_ids uuid[] := '{}';
  v_amounts bigint[] := '{}';
BEGIN
  FOR v_grant IN
    SELECT id, remaining - held AS free FROM "grant"
    WHERE organization_id = p_organization_id AND live AND remaining > held AND (expires_at IS NULL OR expires_at > p_at)
    ORDER BY kind <> 'plan', priority, expires_at NULLS LAST,
      array_position(ARRAY['plan', 'promotional', 'purchased', 'adjustment'], kind), created_at, id
  LOOP
    v_take := least(v_left, v_grant.free);
    EXIT WHEN v_take = 0;
    UPDATE "grant" SET remaining = remaining - v_take, live = remaining > v_take
      WHERE organization_id = p_organization_id AND id = v_grant.id;
    v_left := v_left - v_take;
    v_paid := v_paid + v_take;
    v_accounts := v_accounts || 'grant'::text;
    v_grant_ids := v_grant_ids || v_grant.id;
    v_amounts := v_amounts || -v_take;
  END LOOP;
  IF v_paid > 0 THEN
    UPDATE balance SET debt = debt - v_paid WHERE organization_id = p_organization_id;
    PERFORM ledger.post(p_organization_id, 'adjustment', 0, 0, 'debt',
      'debt:' || (SELECT seq + 1 FROM balance WHERE organization_id = p_organization_id), p_organization_id, p_at,
      v_accounts || 'debt'::text, v_grant_ids || NULL::uuid, v_amounts || v_paid, 'Debt paid');
  END IF;
  RETURN v_paid;
END
$$;
