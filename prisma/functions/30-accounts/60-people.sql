-- Members and invitations change under the lock on the balance row, as keys do: the gate reads a member's limits under
-- it, and two concurrent changes can never pass the plan's number of members.

-- Invites an address, in lower case. An open invitation of the same address is withdrawn. `p_most` is the number of
-- members that the plan allows, open invitations included; null is no limit. Returns the organization's name and
-- whether it withdrew one. Errors: TG409 a member already, TG403 the plan's limit is reached, TG429 too many in a day.
CREATE OR REPLACE FUNCTION ledger.invite(
  p_organization_id uuid, p_id uuid, p_email text, p_role text, p_hash bytea, p_by uuid, p_expires_at timestamptz,
  p_most integer, p_most_daily integer, p_now timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_replaced integer;
BEGIN
  IF EXISTS (SELECT 1 FROM member m JOIN "user" u ON u.id = m.user_id
      WHERE m.organization_id = p_organization_id AND lower(u.email) = p_email) THEN
    RAISE EXCEPTION '% is a member already', p_email USING ERRCODE = 'TG409';
  ELSIF (SELECT count(*) FROM invitation i WHERE i.organization_id = p_organization_id
      AND i.created_at > v_at - interval '1 day') >= p_most_daily THEN
    RAISE EXCEPTION 'at most % people are invited in a day', p_most_daily USING ERRCODE = 'TG429';
  END IF;
  UPDATE invitation SET revoked_at = v_at WHERE organization_id = p_organization_id AND email = p_email
    AND accepted_at IS NULL AND revoked_at IS NULL;
  GET DIAGNOSTICS v_replaced = ROW_COUNT;
  PERFORM ledger.require_place(p_organization_id, 'members', p_most,
    (SELECT count(*) FROM member WHERE organization_id = p_organization_id)
      + (SELECT count(*) FROM invitation WHERE organization_id = p_organization_id AND accepted_at IS NULL
        AND revoked_at IS NULL AND expires_at > v_at));
  INSERT INTO invitation (organization_id, id, email, role, hash, invited_by, created_at, expires_at)
    VALUES (p_organization_id, p_id, p_email, p_role, p_hash, p_by, v_at, p_expires_at);
  RETURN jsonb_build_object('name', (SELECT name FROM organization WHERE id = p_organization_id),
    'replaced', v_replaced > 0);
END
$$;

-- Withdraws an invitation. A second withdrawal changes nothing. Returns its address, null if there is none.
-- Errors: TG409 it was accepted.
CREATE OR REPLACE FUNCTION ledger.revoke_invitation(p_organization_id uuid, p_id uuid, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_old invitation;
BEGIN
  SELECT * INTO v_old FROM invitation WHERE organization_id = p_organization_id AND id = p_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF v_old.accepted_at IS NOT NULL THEN
    RAISE EXCEPTION 'the invitation was accepted' USING ERRCODE = 'TG409';
  END IF;
  UPDATE invitation SET revoked_at = coalesce(revoked_at, v_at) WHERE organization_id = p_organization_id AND id = p_id;
  RETURN jsonb_build_object('email', v_old.email, 'role', v_old.role, 'changed', v_old.revoked_at IS NULL);
END
$$;

-- The invitation of a link, of any organization: before it is accepted, the organization is not known.
CREATE OR REPLACE FUNCTION ledger.find_invitation(
  p_hash bytea, p_now timestamptz, OUT organization_id uuid, OUT organization text, OUT email text, OUT role text,
  OUT inviter text, OUT expires_at timestamptz, OUT state text
) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT i.organization_id, o.name, i.email, i.role, coalesce(u.name, u.email), i.expires_at,
      CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
        WHEN i.expires_at <= coalesce(p_now, clock_timestamp()) THEN 'expired' ELSE 'open' END
    FROM invitation i JOIN organization o ON o.id = i.organization_id LEFT JOIN "user" u ON u.id = i.invited_by
    WHERE i.hash = p_hash;
END
$$;

-- Makes the user a member by their invitation, once. A repeat by the same user returns the same. The caller has checked
-- the user's address. Errors: TG409 used, withdrawn, expired, or a member already; TG403 the plan's limit is reached.
CREATE OR REPLACE FUNCTION ledger.accept_invitation(
  p_organization_id uuid, p_hash bytea, p_user_id uuid, p_most integer, p_now timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_invitation invitation;
  v_member boolean;
BEGIN
  SELECT * INTO STRICT v_invitation FROM invitation WHERE organization_id = p_organization_id AND hash = p_hash;
  v_member := EXISTS (SELECT 1 FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id);
  IF v_invitation.accepted_by = p_user_id AND v_member THEN
    RETURN false;
  ELSIF v_invitation.accepted_at IS NOT NULL THEN
    RAISE EXCEPTION 'the invitation was used already' USING ERRCODE = 'TG409';
  ELSIF v_invitation.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'the invitation was withdrawn' USING ERRCODE = 'TG409';
  ELSIF v_invitation.expires_at <= v_at THEN
    RAISE EXCEPTION 'the invitation has expired: ask for another one' USING ERRCODE = 'TG409';
  ELSIF v_member THEN
    RAISE EXCEPTION 'you are a member already' USING ERRCODE = 'TG409';
  END IF;
  PERFORM ledger.require_place(p_organization_id, 'members', p_most,
    (SELECT count(*) FROM member WHERE organization_id = p_organization_id));
  INSERT INTO member (organization_id, user_id, role, created_at)
    VALUES (p_organization_id, p_user_id, v_invitation.role, v_at);
  UPDATE invitation SET accepted_at = v_at, accepted_by = p_user_id
    WHERE organization_id = p_organization_id AND id = v_invitation.id;
  RETURN true;
END
$$;

-- Changes a member's role, never to or from owner. Returns address and earlier role, null if there is no such member.
-- Errors: TG409 the member is the owner.
CREATE OR REPLACE FUNCTION ledger.set_member_role(p_organization_id uuid, p_user_id uuid, p_role text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_role text;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT role INTO v_role FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF v_role = 'owner' THEN
    RAISE EXCEPTION 'the owner stays owner until the organization is handed over' USING ERRCODE = 'TG409';
  END IF;
  UPDATE member SET role = p_role WHERE organization_id = p_organization_id AND user_id = p_user_id;
  RETURN jsonb_build_object('email', (SELECT email FROM "user" WHERE id = p_user_id), 'role', v_role);
END
$$;

-- Replaces all four limits of a member, over all their keys; null is no limit. Returns the address and the earlier
-- limits, null if there is no such member.
CREATE OR REPLACE FUNCTION ledger.set_member_limits(
  p_organization_id uuid, p_user_id uuid, p_limit_total bigint, p_limit_day bigint, p_limit_week bigint,
  p_limit_month bigint
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_old member;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT * INTO v_old FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE member SET limit_total = p_limit_total, limit_day = p_limit_day, limit_week = p_limit_week,
      limit_month = p_limit_month, limits_set_at = clock_timestamp()
    WHERE organization_id = p_organization_id AND user_id = p_user_id;
  RETURN jsonb_build_object('email', (SELECT email FROM "user" WHERE id = p_user_id), 'total', v_old.limit_total::text,
    'day', v_old.limit_day::text, 'week', v_old.limit_week::text, 'month', v_old.limit_month::text);
END
$$;

-- Ends a membership and every key that the member owns, from the next call on. Returns address, role and the number of
-- ended keys, null if there is no such member. Errors: TG409 the member is the owner.
CREATE OR REPLACE FUNCTION ledger.remove_member(p_organization_id uuid, p_user_id uuid, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_role text;
  v_keys integer;
BEGIN
  SELECT role INTO v_role FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF v_role = 'owner' THEN
    RAISE EXCEPTION 'the owner hands the organization over first' USING ERRCODE = 'TG409';
  END IF;
  UPDATE api_key SET revoked_at = v_at
    WHERE organization_id = p_organization_id AND owner_id = p_user_id AND revoked_at IS NULL;
  GET DIAGNOSTICS v_keys = ROW_COUNT;
  DELETE FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id;
  RETURN jsonb_build_object('email', (SELECT email FROM "user" WHERE id = p_user_id), 'role', v_role, 'keys', v_keys);
END
$$;

-- Makes a user a member for the operator. Errors: P0002 no such organization, TG409 a member already, or a second
-- owner.
CREATE OR REPLACE FUNCTION ledger.add_member(
  p_organization_id uuid, p_user_id uuid, p_role text, p_now timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  IF EXISTS (SELECT 1 FROM member WHERE organization_id = p_organization_id AND user_id = p_user_id) THEN
    RAISE EXCEPTION 'this person is a member already' USING ERRCODE = 'TG409';
  ELSIF p_role = 'owner' AND EXISTS (SELECT 1 FROM member
      WHERE organization_id = p_organization_id AND role = 'owner') THEN
    RAISE EXCEPTION 'there is an owner already, who can hand the organization over' USING ERRCODE = 'TG409';
  END IF;
  INSERT INTO member (organization_id, user_id, role, created_at) VALUES (p_organization_id, p_user_id, p_role, v_at);
END
$$;
