-- Names the grant of a cycle in the payment that pays from this cycle on. Replaces the empty function that
-- prisma/functions/20-ledger/45-cycle-begun.sql declares. The caller holds the lock on the balance row.
CREATE OR REPLACE FUNCTION ledger.cycle_begun(p_organization_id uuid, p_cycle integer, p_grant_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  UPDATE payment SET grant_id = p_grant_id
    WHERE organization_id = p_organization_id AND purpose = 'plan' AND state = 'succeeded' AND first_cycle = p_cycle
      AND grant_id IS NULL;
END
$$;
