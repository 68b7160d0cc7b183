-- The start of a subscription's cycle: months from the anchor in the organization's time zone, clamped at month ends.
CREATE OR REPLACE FUNCTION ledger.cycle_start(p_anchor timestamptz, p_cycle integer, p_zone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT ((p_anchor AT TIME ZONE p_zone) + make_interval(months => p_cycle)) AT TIME ZONE p_zone;
$$;

-- The first end of a cycle after a moment.
CREATE OR REPLACE FUNCTION ledger.next_boundary(p_anchor timestamptz, p_zone text, p_at timestamptz) RETURNS timestamptz
LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT b FROM generate_series(greatest(1, (extract(epoch FROM p_at - p_anchor) / 2678400)::integer - 1), 12000) AS n,
    LATERAL ledger.cycle_start(p_anchor, n, p_zone) AS b WHERE b > p_at ORDER BY n LIMIT 1;
$$;

-- The end of the paid cycles.
CREATE OR REPLACE FUNCTION ledger.paid_until(p_organization_id uuid) RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT greatest(s.cycle_end, ledger.cycle_start(s.anchor_at, s.paid_cycles - s.anchor_cycle, o.time_zone))
    FROM subscription s JOIN organization o ON o.id = s.organization_id WHERE s.organization_id = p_organization_id
  );
END
$$;

-- Cycles that are due: of a free plan all that have ended, of a paid plan those that are paid. Past cycles of a free
-- plan add no credit (`allowance` null), because it would have expired. Past cycles of a paid plan add theirs, even
-- late, until the next boundary. A chosen smaller plan starts with its cycle.
CREATE OR REPLACE FUNCTION ledger.due_cycles(p_organization_id uuid, p_at timestamptz)
RETURNS TABLE (cycle integer, starts timestamptz, ends timestamptz, expires_at timestamptz, plan text, allowance bigint,
  discount_percent integer, changed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT n, c.starts, c.ends,
      CASE WHEN c.ends > p_at THEN c.ends ELSE ledger.next_boundary(s.anchor_at, o.time_zone, p_at) END,
      CASE WHEN x.next THEN s.next_plan ELSE s.plan END,
      CASE WHEN s.free AND c.ends <= p_at THEN NULL WHEN x.next THEN s.next_allowance ELSE s.allowance END,
      CASE WHEN x.next THEN s.next_discount_percent ELSE s.discount_percent END, x.next
    FROM subscription s
    JOIN organization o ON o.id = s.organization_id
    CROSS JOIN LATERAL generate_series(
      s.cycle + 1, CASE WHEN s.free THEN s.cycle + 1200 ELSE s.paid_cycles - 1 END
    ) AS n
    CROSS JOIN LATERAL (SELECT coalesce(s.next_cycle <= n, false) AS next) AS x
    CROSS JOIN LATERAL (SELECT CASE WHEN n = s.cycle + 1 THEN s.cycle_end
        ELSE ledger.cycle_start(s.anchor_at, n - s.anchor_cycle, o.time_zone) END AS starts,
      ledger.cycle_start(s.anchor_at, n + 1 - s.anchor_cycle, o.time_zone) AS ends) AS c
    WHERE s.organization_id = p_organization_id AND s.status = 'active' AND s.cycle_end <= p_at AND c.starts <= p_at
    ORDER BY n;
END
$$;
