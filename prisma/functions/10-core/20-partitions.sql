-- Makes the log's monthly partitions from one month to another and returns how many were missing. It makes a partition
-- separately and attaches it, so that calls do not wait. The function has the rights of the migration owner, who owns
-- it.
CREATE OR REPLACE FUNCTION ledger.ensure_partitions(p_from timestamptz, p_to timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  v_month timestamptz;
  v_name text;
  v_made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tollgate.partitions'));
  FOR v_month IN
    SELECT generate_series(date_trunc('month', p_from), date_trunc('month', p_to), interval '1 month')
  LOOP
    v_name := 'usage_event_' || to_char(v_month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('ledger.' || v_name) IS NOT NULL;
    EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.usage_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', v_name);
    EXECUTE format('ALTER TABLE ledger.usage_event ATTACH PARTITION ledger.%I FOR VALUES FROM (%L) TO (%L)', v_name,
      ledger.uuid7_floor(v_month), ledger.uuid7_floor(v_month + interval '1 month'));
    v_made := v_made + 1;
  END LOOP;
  RETURN v_made;
END
$$;
REVOKE ALL ON FUNCTION ledger.ensure_partitions(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.ensure_partitions(timestamptz, timestamptz) TO tollgate_operator, tollgate_ledger;
