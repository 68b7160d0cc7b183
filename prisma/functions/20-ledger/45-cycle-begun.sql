-- A hook of the ledger: a cycle of a plan has begun with this grant, or with none. Here it does nothing;
-- prisma/functions/60-plans/05-cycle-begun.sql replaces it. The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.cycle_begun(p_organization_id uuid, p_cycle integer, p_grant_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
END
$$;
