-- A hook of the ledger: how an organization buys credit by itself, as its balance shows it. Here it does not, and the
-- answer is no row; prisma/functions/70-topup/40-top-up-state.sql replaces it.
CREATE OR REPLACE FUNCTION ledger.top_up_state(p_organization_id uuid)
RETURNS TABLE (enabled boolean, threshold bigint, blocked text, due_at timestamptz, in_flight boolean,
  card text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
END
$$;
