-- The role that may write the ledger's tables owns every function; only the server and the operator may call them.
-- ensure_partitions belongs to the migration owner, the only role that may make tables.
DO $$
DECLARE
  v_function record;
BEGIN
  FOR v_function IN
    SELECT p.oid::regprocedure AS name, p.prokind = 'a' AS aggregate FROM pg_proc p
    WHERE p.pronamespace = 'ledger'::regnamespace AND p.proname <> 'ensure_partitions'
  LOOP
    EXECUTE format('ALTER %s %s OWNER TO tollgate_ledger',
      CASE WHEN v_function.aggregate THEN 'AGGREGATE' ELSE 'FUNCTION' END, v_function.name);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', v_function.name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tollgate_app, tollgate_operator', v_function.name);
  END LOOP;
END
$$;
