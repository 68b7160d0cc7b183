-- The smallest UUIDv7 of an instant: the bound of a partition, and of a range of ids by time.
CREATE OR REPLACE FUNCTION ledger.uuid7_floor(p_at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM p_at) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;
$$;

-- The id that counters and sums store instead of a key or of an owner, if there is none.
CREATE OR REPLACE FUNCTION ledger.nobody() RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '00000000-0000-0000-0000-000000000000'::uuid;
$$;

-- A new UUIDv7 of an instant. PostgreSQL has its own from version 18 on.
CREATE OR REPLACE FUNCTION ledger.uuid7(p_at timestamptz) RETURNS uuid
LANGUAGE sql VOLATILE STRICT AS $$
  SELECT (lpad(to_hex((extract(epoch FROM p_at) * 1000)::bigint), 12, '0')
    || '7' || substr(r, 14, 3) || substr(r, 17))::uuid
  FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS r) AS random;
$$;
