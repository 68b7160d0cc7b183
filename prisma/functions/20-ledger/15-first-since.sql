-- The number of the first transaction at or after an instant; one past the last if there is none. Numbers have no gaps
-- and posting times never fall, so at most 63 looks into the primary key find it, and no index on the time is needed.
CREATE OR REPLACE FUNCTION ledger.first_since(p_organization_id uuid, p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_low bigint := 1;
  v_high bigint := (SELECT b.seq + 1 FROM balance b WHERE b.organization_id = p_organization_id);
  v_middle bigint;
BEGIN
  WHILE v_low < v_high LOOP
    v_middle := (v_low + v_high) / 2;
    IF (SELECT t.posted_at FROM transaction t WHERE t.organization_id = p_organization_id AND t.seq = v_middle) < p_at
    THEN
      v_low := v_middle + 1;
    ELSE
      v_high := v_middle;
    END IF;
  END LOOP;
  RETURN v_low;
END
$$;
