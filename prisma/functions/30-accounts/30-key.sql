-- Keys change under the lock on the balance row, because the gate reads them under it: each call is decided either
-- before or after a change. Functions return the earlier values, for the audit log.

-- Makes a key together with its counters, so that the gate always finds a row to lock. `p_most` is the number of
-- working keys that the plan allows; null is no limit.
-- Errors: P0002 no such organization, TG422 the owner is not its member, TG403 the plan's limit is reached.
CREATE OR REPLACE FUNCTION ledger.create_key(
  p_organization_id uuid, p_id uuid, p_name text, p_hash bytea, p_hint text, p_owner_id uuid, p_limit_total bigint,
  p_limit_day bigint, p_limit_week bigint, p_limit_month bigint, p_now timestamptz, p_expires_at timestamptz,
  p_endpoints text[], p_models text[], p_most integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
BEGIN
  PERFORM ledger.require_owner(p_organization_id, p_owner_id);
  PERFORM ledger.require_place(p_organization_id, 'keys', p_most, (SELECT count(*) FROM api_key
    WHERE organization_id = p_organization_id AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > v_at)));
  INSERT INTO api_key (organization_id, id, name, hash, hint, owner_id, limit_total, limit_day, limit_week, limit_month,
      limits_set_at, created_at, expires_at, endpoints, models)
    VALUES (p_organization_id, p_id, p_name, p_hash, p_hint, p_owner_id, p_limit_total, p_limit_day, p_limit_week,
      p_limit_month, coalesce(p_now, clock_timestamp()), coalesce(p_now, clock_timestamp()), p_expires_at, p_endpoints,
      p_models);
  PERFORM ledger.open_key_usage(p_organization_id, p_id, p_owner_id);
END
$$;

-- The counters of a key for one owner. If the key returns to a former owner, their counters continue.
CREATE OR REPLACE FUNCTION ledger.open_key_usage(p_organization_id uuid, p_key_id uuid, p_member_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  INSERT INTO key_usage (organization_id, key_id, member_id)
    VALUES (p_organization_id, p_key_id, coalesce(p_member_id, ledger.nobody()))
  ON CONFLICT DO NOTHING;
END
$$;

CREATE OR REPLACE FUNCTION ledger.require_owner(p_organization_id uuid, p_owner_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  IF p_owner_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM member WHERE organization_id = p_organization_id AND user_id = p_owner_id
  ) THEN
    RAISE EXCEPTION 'the owner is not a member of the organization' USING ERRCODE = 'TG422';
  END IF;
END
$$;

-- Replaces all four limits of a key; null is no limit. Returns the earlier limits, null if there is no such key.
CREATE OR REPLACE FUNCTION ledger.set_key_limits(
  p_organization_id uuid, p_id uuid, p_limit_total bigint, p_limit_day bigint, p_limit_week bigint, p_limit_month bigint
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_old api_key;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT * INTO v_old FROM api_key WHERE organization_id = p_organization_id AND id = p_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE api_key SET limit_total = p_limit_total, limit_day = p_limit_day, limit_week = p_limit_week,
      limit_month = p_limit_month, limits_set_at = clock_timestamp()
    WHERE organization_id = p_organization_id AND id = p_id;
  RETURN jsonb_build_object('name', v_old.name, 'total', v_old.limit_total::text, 'day', v_old.limit_day::text,
    'week', v_old.limit_week::text, 'month', v_old.limit_month::text);
END
$$;

-- Replaces a key's name, owner, expiry and permitted calls. Returns the earlier values, null if there is no such key.
-- Errors: TG422 the owner is not a member, TG409 the key has ended.
CREATE OR REPLACE FUNCTION ledger.update_key(
  p_organization_id uuid, p_id uuid, p_name text, p_owner_id uuid, p_expires_at timestamptz, p_endpoints text[],
  p_models text[]
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_old api_key;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT * INTO v_old FROM api_key WHERE organization_id = p_organization_id AND id = p_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF v_old.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'the key is revoked' USING ERRCODE = 'TG409';
  END IF;
  IF p_owner_id IS DISTINCT FROM v_old.owner_id THEN
    PERFORM ledger.require_owner(p_organization_id, p_owner_id);
    -- Earlier spending and open holds stay with the former owner.
    PERFORM ledger.open_key_usage(p_organization_id, p_id, p_owner_id);
  END IF;
  UPDATE api_key SET name = p_name, owner_id = p_owner_id, expires_at = p_expires_at, endpoints = p_endpoints,
      models = p_models
    WHERE organization_id = p_organization_id AND id = p_id;
  RETURN jsonb_build_object('name', v_old.name, 'owner', v_old.owner_id, 'expiresAt', v_old.expires_at,
    'endpoints', v_old.endpoints, 'models', v_old.models);
END
$$;

-- Gives a key a new secret. The secret before it works until `p_until`; older secrets stop. Limits and spending stay,
-- because the key stays. Returns the key's name, null if there is no such key. Errors: TG409 the key has ended.
CREATE OR REPLACE FUNCTION ledger.rotate_key(
  p_organization_id uuid, p_id uuid, p_hash bytea, p_hint text, p_until timestamptz
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_old api_key;
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, NULL);
  SELECT * INTO v_old FROM api_key WHERE organization_id = p_organization_id AND id = p_id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF v_old.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'the key is revoked' USING ERRCODE = 'TG409';
  END IF;
  UPDATE api_key SET hash = p_hash, hint = p_hint, generation = generation + 1, previous_hash = v_old.hash,
      previous_until = p_until
    WHERE organization_id = p_organization_id AND id = p_id;
  RETURN v_old.name;
END
$$;

-- Ends a key permanently. A second end changes nothing. Returns when it ended and whether that was now; no row if there
-- is no such key.
CREATE OR REPLACE FUNCTION ledger.revoke_key(
  p_organization_id uuid, p_id uuid, p_now timestamptz, OUT at timestamptz, OUT name text, OUT changed boolean
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  PERFORM ledger.lock_balance(p_organization_id, p_now);
  SELECT k.revoked_at, k.name, k.revoked_at IS NULL INTO at, name, changed FROM api_key k
    WHERE k.organization_id = p_organization_id AND k.id = p_id;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF changed THEN
    UPDATE api_key SET revoked_at = coalesce(p_now, clock_timestamp())
      WHERE organization_id = p_organization_id AND id = p_id RETURNING revoked_at INTO at;
  END IF;
  RETURN NEXT;
END
$$;

-- The organization and the generation of a key. The app sees one organization at a time, and without this lookup the
-- organization is not known.
CREATE OR REPLACE FUNCTION ledger.find_key(
  p_hash bytea, OUT organization_id uuid, OUT id uuid, OUT generation integer, OUT active boolean
)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT k.organization_id, k.id, k.generation,
      k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
    FROM api_key k WHERE k.hash = p_hash
    UNION ALL
    SELECT k.organization_id, k.id, k.generation - 1, k.revoked_at IS NULL AND k.previous_until > clock_timestamp()
      AND (k.expires_at IS NULL OR k.expires_at > clock_timestamp())
    FROM api_key k WHERE k.previous_hash = p_hash;
END
$$;

-- Whether a key may call an endpoint with a model. The gate asks only for restricted keys.
CREATE OR REPLACE FUNCTION ledger.key_allows(p_organization_id uuid, p_key_id uuid, p_endpoint text, p_model text)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT (endpoints = '{}' OR p_endpoint = ANY (endpoints)) AND (models = '{}' OR p_model = ANY (models))
    FROM api_key WHERE organization_id = p_organization_id AND id = p_key_id
  );
END
$$;

CREATE OR REPLACE FUNCTION ledger.find_gateway_secret(p_hash bytea, OUT id uuid, OUT active boolean)
RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT s.id, s.revoked_at IS NULL FROM gateway_secret s WHERE s.hash = p_hash;
END
$$;
