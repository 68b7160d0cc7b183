-- Keys are changed under the lock on the balance row, because the gate reads them under it: a call is decided wholly
-- before a change or wholly after it.

-- Makes a key together with its counters, so that the gate always finds a row to lock.
-- Errors: P0002 when there is no such organization, TG422 when the owner is not its member.
CREATE OR REPLACE FUNCTION ledger.create_key(
  p_organization_id uuid, p_id uuid, p_name text, p_hash bytea, p_hint text, p_owner_id uuid, p_limit_total bigint,
  p_limit_day bigint, p_limit_week bigint, p_limit_month bigint, p_now timestamptz, p_expires_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  IF p_owner_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM member WHERE organization_id = p_organization_id AND user_id = p_owner_id
  ) THEN
    RAISE EXCEPTION 'the owner is not a member of the organization' USING ERRCODE = 'TG422';
  END IF;
  INSERT INTO api_key (organization_id, id, name, hash, hint, owner_id, limit_total, limit_day, limit_week, limit_month,
      limits_set_at, created_at, expires_at)
    VALUES (p_organization_id, p_id, p_name, p_hash, p_hint, p_owner_id, p_limit_total, p_limit_day, p_limit_week,
      p_limit_month, coalesce(p_now, clock_timestamp()), coalesce(p_now, clock_timestamp()), p_expires_at);
  INSERT INTO key_usage (organization_id, key_id) VALUES (p_organization_id, p_id);
END
$$;

-- Replaces all four limits of a key; null is no limit. Answers whether there is such a key.
CREATE OR REPLACE FUNCTION ledger.set_key_limits(
  p_organization_id uuid, p_id uuid, p_limit_total bigint, p_limit_day bigint, p_limit_week bigint, p_limit_month bigint
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  UPDATE api_key SET limit_total = p_limit_total, limit_day = p_limit_day, limit_week = p_limit_week,
      limit_month = p_limit_month, limits_set_at = clock_timestamp()
    WHERE organization_id = p_organization_id AND id = p_id;
  RETURN FOUND;
END
$$;

-- Ends a key for ever; ending it again changes nothing. Answers when it ended, null when there is no such key.
CREATE OR REPLACE FUNCTION ledger.revoke_key(p_organization_id uuid, p_id uuid, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_revoked_at timestamptz;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  UPDATE api_key SET revoked_at = coalesce(revoked_at, p_now, clock_timestamp())
    WHERE organization_id = p_organization_id AND id = p_id RETURNING revoked_at INTO v_revoked_at;
  RETURN v_revoked_at;
END
$$;

-- Whose key this is. The app sees one organization at a time, and before this nobody knows which.
CREATE OR REPLACE FUNCTION ledger.find_key(p_hash bytea, OUT organization_id uuid, OUT id uuid, OUT active boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
  SELECT k.organization_id, k.id,
    k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
  FROM api_key k WHERE k.hash = p_hash;
$$;

CREATE OR REPLACE FUNCTION ledger.find_gateway_secret(p_hash bytea, OUT id uuid, OUT active boolean)
RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
  SELECT s.id, s.revoked_at IS NULL FROM gateway_secret s WHERE s.hash = p_hash;
$$;
