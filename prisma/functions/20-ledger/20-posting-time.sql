-- Locks an organization's balance and returns the posting time: the clock after the lock, never before the latest
-- transaction. `p_now` is null in production. Errors: P0002 no such organization, or it is deleted.
CREATE OR REPLACE FUNCTION ledger.lock_balance(p_organization_id uuid, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_posted_at timestamptz;
BEGIN
  SELECT posted_at INTO STRICT v_posted_at FROM balance WHERE organization_id = p_organization_id FOR UPDATE;
  -- A later statement sees the changes that the lock waited for.
  IF EXISTS (SELECT 1 FROM organization WHERE id = p_organization_id AND deleted_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the organization was deleted' USING ERRCODE = 'P0002';
  END IF;
  RETURN greatest(date_trunc('milliseconds', coalesce(p_now, clock_timestamp())), v_posted_at);
END
$$;
