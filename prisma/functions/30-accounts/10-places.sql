-- Places are the numbers that a plan limits: members, keys, agents and workspaces. Agents and workspaces are values of
-- a tag. Their first hold registers them, and they keep their place until it is freed.

-- Refuses a place beyond the plan's limit; a null `p_most` is no limit. Errors: TG403, with the limit as its detail.
CREATE OR REPLACE FUNCTION ledger.require_place(p_organization_id uuid, p_limit text, p_most integer, p_count bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  IF p_count >= p_most THEN
    RAISE EXCEPTION 'the plan allows % %', p_most, p_limit USING ERRCODE = 'TG403',
      DETAIL = jsonb_build_object('limit', p_limit, 'most', p_most, 'count', p_count, 'plan', (SELECT s.plan
        FROM subscription s WHERE s.organization_id = p_organization_id AND s.status = 'active'))::text;
  END IF;
END
$$;

-- Frees the place of an agent or a workspace. Its next hold registers it again, if a place is left. Returns whether it
-- had one. Errors: P0002 no such organization, TG409 a call of it is in flight.
CREATE OR REPLACE FUNCTION ledger.free_place(p_organization_id uuid, p_tag text, p_value text, p_now timestamptz)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  IF EXISTS (SELECT 1 FROM hold h WHERE h.organization_id = p_organization_id AND h.state = 'open'
      AND h.tags ->> p_tag = p_value) THEN
    RAISE EXCEPTION 'a call of % is in flight: free its place when the call has ended', p_value USING ERRCODE = 'TG409';
  END IF;
  DELETE FROM tag_value t WHERE t.organization_id = p_organization_id AND t.tag = p_tag AND t.value = p_value;
  RETURN FOUND;
END
$$;
