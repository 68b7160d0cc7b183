-- The plan that prices a call: the organization's running plan. All null without one.
CREATE OR REPLACE FUNCTION ledger.find_terms(
  p_organization_id uuid,
  OUT version integer,
  OUT plan text,
  OUT discount_percent integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  SELECT s.version, s.plan, s.discount_percent INTO version, plan, discount_percent
    FROM subscription s
    WHERE s.organization_id = p_organization_id AND s.status = 'active';
END
$$;

-- A hold's reserved amounts and declared quantities: they never change either, but few endings need them.
CREATE OR REPLACE FUNCTION ledger.find_reserved(p_organization_id uuid, p_id uuid)
RETURNS TABLE (quantities bigint[], ceiling bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT h.quantities, h.ceiling
    FROM hold h
    WHERE h.organization_id = p_organization_id AND h.id = p_id;
END
$$;

-- The pricing fields of a hold; they never change, so the caller may keep them.
CREATE OR REPLACE FUNCTION ledger.find_hold(p_organization_id uuid, p_id uuid)
RETURNS TABLE (
  key_id uuid,
  endpoint text,
  model text,
  options jsonb,
  catalogue_version integer,
  discount_percent integer
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT h.key_id, h.endpoint, h.model, h.options, h.catalogue_version, h.discount_percent
    FROM hold h
    WHERE h.organization_id = p_organization_id AND h.id = p_id;
END
$$;
