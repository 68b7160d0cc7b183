-- Places are what a plan limits: of members, keys, agents and workspaces. The last two are values of a tag, which are
-- registered at their first hold and keep their place until somebody frees it.

-- Refuses one more than the plan allows; a null `p_most` is any number. Errors: TG403, with what is full as its detail.
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

-- Frees an agent's or a workspace's place; its next hold registers it again, if there is one left. Whether it had one.
-- Errors: P0002 when there is no such organization, TG409 while a call of it is in flight.
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
