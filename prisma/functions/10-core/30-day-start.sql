-- The start of a day in a zone's calendar: the first instant with this date. If midnight happens twice, this is the
-- first one (PostgreSQL takes the second). If midnight does not exist, this is the moment of the change.
CREATE OR REPLACE FUNCTION ledger.day_start(p_midnight timestamp, p_zone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(min(c.at), p_midnight AT TIME ZONE p_zone)
  FROM unnest(ARRAY[-120, -60, -30, 0]) AS shift
  CROSS JOIN LATERAL (SELECT p_midnight AT TIME ZONE p_zone + make_interval(mins => shift) AS at) AS c
  WHERE c.at AT TIME ZONE p_zone = p_midnight;
$$;
