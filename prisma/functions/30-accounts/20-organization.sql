-- Errors: TG422 no such time zone.
CREATE OR REPLACE FUNCTION ledger.require_time_zone(p_time_zone text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  -- The view reads every zone file of the machine, so the default zone is not looked up.
  IF p_time_zone <> 'UTC' AND NOT EXISTS (SELECT 1 FROM pg_timezone_names z WHERE z.name = p_time_zone) THEN
    RAISE EXCEPTION 'there is no time zone "%"; write a name such as Europe/Berlin', p_time_zone
      USING ERRCODE = 'TG422';
  END IF;
END
$$;

-- Makes an organization with its balance row, once per external id. If the organization exists, it is returned.
-- Errors: TG422 no such time zone.
CREATE OR REPLACE FUNCTION ledger.open_organization(
  p_id uuid, p_name text, p_external_id text, p_time_zone text, p_now timestamptz, OUT id uuid, OUT created boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.require_time_zone(p_time_zone);
  INSERT INTO organization AS o (id, name, external_id, time_zone, created_at)
    VALUES (p_id, p_name, p_external_id, p_time_zone, coalesce(p_now, clock_timestamp()))
    ON CONFLICT (external_id) DO NOTHING RETURNING o.id INTO id;
  created := id IS NOT NULL;
  IF NOT created THEN
    -- The insert waited for the transaction that made it, so a later statement sees it, with its balance.
    SELECT o.id INTO STRICT id FROM organization o WHERE o.external_id = p_external_id;
    RETURN;
  END IF;
  INSERT INTO balance (organization_id) VALUES (id);
END
$$;

-- The organization with this id or this external id: a gateway names organizations by either. Deleted organizations are
-- not found.
CREATE OR REPLACE FUNCTION ledger.find_organization(p_id uuid, p_external_id text) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN coalesce(
    (SELECT id FROM organization WHERE id = p_id AND deleted_at IS NULL),
    (SELECT id FROM organization WHERE external_id = p_external_id)
  );
END
$$;
