-- Organizations of people: opened by a user, renamed, transferred and deleted. All but the opening take the lock on the
-- balance row, so that each call, grant or other change is decided either before or after it.

-- Opens an organization that the user owns. One user's organizations are opened one after the other; `p_most` is the
-- number that one user may own. Only the first may get the signup grant: this function records that, for the welcome.
-- Errors: TG422 no such time zone, TG409 too many.
CREATE OR REPLACE FUNCTION ledger.open_own_organization(
  p_id uuid, p_user_id uuid, p_name text, p_time_zone text, p_further boolean, p_most integer, p_now timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('person:' || p_user_id, 0));
  IF (SELECT count(*) FROM member WHERE user_id = p_user_id AND role = 'owner') >= p_most THEN
    RAISE EXCEPTION 'one person owns at most % organizations', p_most USING ERRCODE = 'TG409';
  END IF;
  PERFORM ledger.open_organization(p_id, p_name, NULL, p_time_zone, p_now);
  INSERT INTO member (organization_id, user_id, role, created_at)
    VALUES (p_id, p_user_id, 'owner', coalesce(p_now, clock_timestamp()));
  IF p_further THEN
    INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer)
      VALUES (p_id, 'signup', 'further', p_user_id, '{}');
  END IF;
END
$$;

-- At a user's first sign-in: opens their organization, unless they belong to one or have an invitation. The first one
-- is recorded permanently under the nil organization, so that each user gets the signup grant once. Returns it while
-- they belong to it, else null.
CREATE OR REPLACE FUNCTION ledger.open_first_organization(
  p_id uuid, p_user_id uuid, p_name text, p_now timestamptz, OUT id uuid, OUT created boolean
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  c_nil CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('person:' || p_user_id, 0));
  created := false;
  SELECT (r.answer ->> 'organization')::uuid INTO id FROM idempotency_record r
    WHERE r.organization_id = c_nil AND r.scope = 'first_organization' AND r.idempotency_key = p_user_id::text;
  IF EXISTS (SELECT 1 FROM member m WHERE m.user_id = p_user_id) THEN
    IF NOT EXISTS (SELECT 1 FROM member m WHERE m.user_id = p_user_id AND m.organization_id = id) THEN
      id := NULL;
    END IF;
    RETURN;
  END IF;
  IF EXISTS (SELECT 1 FROM invitation i JOIN "user" u ON lower(u.email) = i.email
      WHERE u.id = p_user_id AND i.accepted_at IS NULL AND i.revoked_at IS NULL
        AND i.expires_at > coalesce(p_now, clock_timestamp())) THEN
    id := NULL;
    RETURN;
  END IF;
  PERFORM ledger.open_own_organization(p_id, p_user_id, p_name, 'UTC', id IS NOT NULL, NULL, p_now);
  IF id IS NULL THEN
    INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer)
      VALUES (c_nil, 'first_organization', p_user_id::text, p_user_id, jsonb_build_object('organization', p_id));
  END IF;
  id := p_id;
  created := true;
END
$$;

-- Makes a user the owner of an organization that has no members, such as one that a gateway opened. The proof is a
-- working key of it, by its hash. `p_most` is the number that one user may own. Returns the organization's name, null
-- if the key does not work. Errors: P0002 no such organization, TG409 it has members, or too many.
CREATE OR REPLACE FUNCTION ledger.claim_organization(
  p_organization_id uuid, p_hash bytea, p_user_id uuid, p_most integer, p_now timestamptz
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('person:' || p_user_id, 0));
  v_at := ledger.lock_balance(p_organization_id, p_now);
  IF NOT EXISTS (SELECT 1 FROM ledger.find_key(p_hash) k WHERE k.active AND k.organization_id = p_organization_id) THEN
    RETURN NULL;
  ELSIF EXISTS (SELECT 1 FROM member WHERE organization_id = p_organization_id) THEN
    RAISE EXCEPTION 'this organization has members: its owner can invite you' USING ERRCODE = 'TG409';
  ELSIF (SELECT count(*) FROM member WHERE user_id = p_user_id AND role = 'owner') >= p_most THEN
    RAISE EXCEPTION 'one person owns at most % organizations', p_most USING ERRCODE = 'TG409';
  END IF;
  INSERT INTO member (organization_id, user_id, role, created_at) VALUES (p_organization_id, p_user_id, 'owner', v_at);
  RETURN (SELECT name FROM organization WHERE id = p_organization_id);
END
$$;

-- Changes name and time zone. Another zone has other days, so the keys' spending is counted again. Returns the earlier
-- values. Errors: P0002 no such organization, TG422 no such time zone.
CREATE OR REPLACE FUNCTION ledger.update_organization(
  p_organization_id uuid, p_name text, p_time_zone text, p_now timestamptz, OUT name text, OUT time_zone text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  SELECT o.name, o.time_zone INTO STRICT name, time_zone FROM organization o WHERE o.id = p_organization_id;
  IF p_time_zone <> time_zone THEN
    PERFORM ledger.require_time_zone(p_time_zone);
  END IF;
  UPDATE organization o SET name = p_name, time_zone = p_time_zone WHERE o.id = p_organization_id;
  IF p_time_zone <> time_zone THEN
    PERFORM ledger.recount_windows(p_organization_id, p_time_zone, v_at);
  END IF;
END
$$;

-- Makes another member the owner and the owner an admin. `p_from` is the present owner, null for the operator. Returns
-- both addresses, null if the other is no member. Errors: TG409 `p_from` is not the owner (any more), or the other
-- already is.
CREATE OR REPLACE FUNCTION ledger.transfer_organization(
  p_organization_id uuid, p_from uuid, p_to uuid, p_now timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_owner uuid;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  SELECT user_id INTO v_owner FROM member WHERE organization_id = p_organization_id AND role = 'owner';
  IF p_from IS NOT NULL AND v_owner IS DISTINCT FROM p_from THEN
    RAISE EXCEPTION 'the organization has another owner by now' USING ERRCODE = 'TG409';
  ELSIF p_to = v_owner THEN
    RAISE EXCEPTION 'this member is the owner already' USING ERRCODE = 'TG409';
  ELSIF NOT EXISTS (SELECT 1 FROM member WHERE organization_id = p_organization_id AND user_id = p_to) THEN
    RETURN NULL;
  END IF;
  UPDATE member SET role = CASE user_id WHEN p_to THEN 'owner' ELSE 'admin' END
    WHERE organization_id = p_organization_id AND user_id IN (v_owner, p_to);
  RETURN jsonb_build_object('name', (SELECT name FROM organization WHERE id = p_organization_id),
    'from', (SELECT email FROM "user" WHERE id = v_owner), 'to', (SELECT email FROM "user" WHERE id = p_to));
END
$$;

-- Deletes an organization for all members; its records stay. With `p_forfeit`, remaining credit is written off. Returns
-- its name and the amount. Errors: P0002 no such organization; TG409 calls are running, it has debt, a payment may
-- still be charged, credit is left, or the actor is not the owner (any more).
CREATE OR REPLACE FUNCTION ledger.delete_organization(
  p_organization_id uuid, p_by uuid, p_forfeit boolean, p_now timestamptz, OUT name text, OUT external_id text,
  OUT forfeited bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_grant record;
BEGIN
  IF p_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM member m
      WHERE m.organization_id = p_organization_id AND m.user_id = p_by AND m.role = 'owner') THEN
    RAISE EXCEPTION 'the organization has another owner by now' USING ERRCODE = 'TG409';
  ELSIF EXISTS (SELECT 1 FROM hold h WHERE h.organization_id = p_organization_id AND h.state = 'open') THEN
    RAISE EXCEPTION 'calls are still running: delete it when their holds have ended' USING ERRCODE = 'TG409';
  ELSIF (SELECT b.debt > 0 FROM balance b WHERE b.organization_id = p_organization_id) THEN
    RAISE EXCEPTION 'the organization owes for its calls: pay that first' USING ERRCODE = 'TG409';
  -- The job closes the open page of a plan, and also ends what was started there.
  ELSIF EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = p_organization_id AND p.state = 'open'
      AND p.purpose <> 'plan') THEN
    RAISE EXCEPTION 'a payment is not finished: pay it, or wait until its page is over, a day at most'
      USING ERRCODE = 'TG409';
  END IF;
  SELECT coalesce(sum(g.remaining), 0) INTO forfeited FROM "grant" g
    WHERE g.organization_id = p_organization_id AND g.live AND (g.expires_at IS NULL OR g.expires_at > v_at);
  IF forfeited > 0 AND NOT p_forfeit THEN
    RAISE EXCEPTION 'credit is left: spend it, or agree that it is forfeited' USING ERRCODE = 'TG409';
  END IF;
  PERFORM ledger.prepaid_changed(p_organization_id, v_at, 'organization_deleted');
  FOR v_grant IN SELECT g.id FROM "grant" g WHERE g.organization_id = p_organization_id AND g.live
      ORDER BY g.created_at, g.id LOOP
    PERFORM ledger.write_off(p_organization_id, v_grant.id, v_at);
  END LOOP;
  UPDATE subscription SET status = 'ended' WHERE organization_id = p_organization_id;
  UPDATE api_key SET revoked_at = v_at WHERE organization_id = p_organization_id AND revoked_at IS NULL;
  UPDATE invitation SET revoked_at = v_at
    WHERE organization_id = p_organization_id AND accepted_at IS NULL AND revoked_at IS NULL;
  DELETE FROM member WHERE organization_id = p_organization_id;
  SELECT o.name, o.external_id INTO STRICT name, external_id FROM organization o WHERE o.id = p_organization_id;
  UPDATE organization o SET deleted_at = v_at, external_id = NULL WHERE o.id = p_organization_id;
END
$$;
