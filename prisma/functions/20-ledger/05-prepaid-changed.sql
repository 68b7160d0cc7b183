-- A hook of the ledger: lower folders report what has changed an organization's prepaid credit, its purchases or the
-- cards that pay for them. Here it does nothing; prisma/functions/70-topup/30-prepaid-changed.sql replaces it and lists
-- the changes. The caller holds the lock on the balance row, except for `cards_changed`, which takes it.
CREATE OR REPLACE FUNCTION ledger.prepaid_changed(
  p_organization_id uuid, p_at timestamptz, p_change text, p_payment_id uuid DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
END
$$;
