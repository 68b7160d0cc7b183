-- Disputes and automatic charges: a dispute stops them, an owner resumes them.

-- Whether a dispute has stopped automatic charges and no owner has resumed them since.
CREATE OR REPLACE FUNCTION ledger.charges_suspended(p_organization_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM dispute
    WHERE organization_id = p_organization_id AND suspended_at IS NOT NULL AND lifted_at IS NULL
  );
END
$$;

-- Stops automatic charges because of a dispute with a row; `p_again` also if an owner had resumed them. Returns whether
-- that changed anything. Errors: P0002 no such organization, or it is deleted.
CREATE OR REPLACE FUNCTION ledger.suspend_charges(
  p_organization_id uuid, p_now timestamptz, p_dispute_id text, p_again boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
  -- Finer than a millisecond, so that a request to the provider just before this is before the suspension.
  v_suspended_at CONSTANT timestamptz := greatest(v_at, coalesce(p_now, clock_timestamp()));
BEGIN
  UPDATE dispute
    SET suspended_at = v_suspended_at, lifted_at = NULL, lifted_by = NULL
    WHERE organization_id = p_organization_id AND id = p_dispute_id AND state <> 'won'
      AND (suspended_at IS NULL OR (p_again AND lifted_at IS NOT NULL));
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'charges_suspended');
  RETURN true;
END
$$;

-- An owner resumes automatic charges, for every dispute so far. Returns the number of disputes that had stopped them.
-- Errors: P0002 no such organization, or it is deleted.
CREATE OR REPLACE FUNCTION ledger.resume_charges(p_organization_id uuid, p_now timestamptz, p_by uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at CONSTANT timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_count integer;
BEGIN
  UPDATE dispute
    SET lifted_at = greatest(v_at, suspended_at), lifted_by = p_by
    WHERE organization_id = p_organization_id AND suspended_at IS NOT NULL AND lifted_at IS NULL;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count = 0 THEN
    RETURN 0;
  END IF;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'charges_resumed');
  RETURN v_count;
END
$$;
