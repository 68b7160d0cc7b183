-- The organizations that the job looks at, in order of their ids: those with a transaction since `p_since`, and those
-- whose row is due. Without an owner or admin there is nobody to tell.
CREATE OR REPLACE FUNCTION ledger.alert_candidates(
  p_since timestamptz, p_now timestamptz, p_after uuid, p_most integer
) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT b.organization_id
    FROM balance b
    JOIN organization o ON o.id = b.organization_id
    LEFT JOIN alert a ON a.organization_id = b.organization_id
    WHERE b.organization_id > p_after
      AND (b.posted_at > p_since OR a.due_at <= p_now)
      AND o.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM member m WHERE m.organization_id = b.organization_id AND m.role IN ('owner', 'admin'))
    ORDER BY b.organization_id
    LIMIT p_most;
END
$$;

-- Moves the time until which the job has looked, never back, and never ahead of the clock that transactions go by.
CREATE OR REPLACE FUNCTION ledger.alerts_looked(p_until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_until timestamptz := least(p_until, clock_timestamp());
BEGIN
  INSERT INTO job_state (name, until) VALUES ('alerts', v_until)
    ON CONFLICT (name) DO UPDATE SET until = greatest(job_state.until, excluded.until);
END
$$;

-- Locks an organization's row, which is made if there is none. Errors: P0002 no such organization, or it is deleted.
CREATE OR REPLACE FUNCTION ledger.lock_alert(p_organization_id uuid) RETURNS alert
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_found alert;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM organization o WHERE o.id = p_organization_id AND o.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'there is no such organization' USING ERRCODE = 'P0002';
  END IF;
  INSERT INTO alert (organization_id) VALUES (p_organization_id) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT v_found FROM alert a WHERE a.organization_id = p_organization_id FOR UPDATE;
  RETURN v_found;
END
$$;

-- Writes what was told. The caller has locked the row and queues the mails in the same transaction.
CREATE OR REPLACE FUNCTION ledger.write_alert(
  p_organization_id uuid, p_now timestamptz, p_told text, p_below boolean, p_waiting_since timestamptz,
  p_due_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE alert
    SET told_at = CASE WHEN told IS DISTINCT FROM p_told THEN p_now ELSE told_at END,
      below_at = CASE WHEN below IS DISTINCT FROM p_below THEN p_now ELSE below_at END,
      told = p_told,
      below = p_below,
      waiting_since = p_waiting_since,
      due_at = p_due_at
    WHERE organization_id = p_organization_id;
END
$$;
