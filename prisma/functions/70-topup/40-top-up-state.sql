-- Where auto top-up stands, no row without a rule: why it waits, when it is checked, whether a charge is in flight,
-- which only one that is due can be, and the card that it would charge. Replaces the empty function that
-- prisma/functions/20-ledger/06-top-up-state.sql declares.
CREATE OR REPLACE FUNCTION ledger.top_up_state(p_organization_id uuid)
RETURNS TABLE (enabled boolean, threshold bigint, blocked text, due_at timestamptz, in_flight boolean,
  card text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT a.enabled, a.threshold,
      CASE WHEN ledger.charges_suspended(p_organization_id) THEN 'disputed' ELSE a.blocked END, a.due_at,
      a.due_at IS NOT NULL AND EXISTS (SELECT 1 FROM payment p
        WHERE p.organization_id = p_organization_id AND p.purpose = 'auto_top_up' AND p.state = 'open'),
      ledger.auto_top_up_card(p_organization_id)
    FROM auto_top_up a WHERE a.organization_id = p_organization_id;
END
$$;
