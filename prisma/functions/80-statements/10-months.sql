-- The balance before a transaction's number: after the one before it, or nothing.
CREATE OR REPLACE FUNCTION ledger.balance_before(p_organization_id uuid, p_seq bigint) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN coalesce(
    (SELECT t.balance_after FROM transaction t WHERE t.organization_id = p_organization_id AND t.seq = p_seq - 1),
    0
  );
END
$$;

-- The first day of the month in which an organization was opened, or had its first transaction.
CREATE OR REPLACE FUNCTION ledger.first_month(p_organization organization) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_first timestamptz := (
    SELECT t.posted_at FROM transaction t WHERE t.organization_id = p_organization.id AND t.seq = 1
  );
BEGIN
  RETURN date_trunc('month', least(p_organization.created_at, v_first) AT TIME ZONE p_organization.time_zone);
END
$$;

-- The months of an organization's calendar, from its first one to the running one, the earliest first. A closed month
-- keeps its bounds, and the next one starts where it ended, also after a change of the time zone. `to_seq` is one past
-- the month's last transaction; opening and closing are balances.
CREATE OR REPLACE FUNCTION ledger.statement_months(p_organization_id uuid, p_now timestamptz) RETURNS TABLE (
  month date,
  time_zone text,
  starts_at timestamptz,
  ends_at timestamptz,
  from_seq bigint,
  to_seq bigint,
  opening bigint,
  closing bigint,
  closed_at timestamptz,
  hash bytea
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_organization organization;
BEGIN
  closing := 0;
  FOR month, time_zone, starts_at, ends_at, from_seq, to_seq, closed_at, hash IN
    SELECT s.month, s.time_zone, s.starts_at, s.ends_at, s.from_seq, s.to_seq, s.closed_at, s.hash
    FROM statement s
    WHERE s.organization_id = p_organization_id
    ORDER BY s.month
  LOOP
    opening := closing;
    closing := ledger.balance_before(p_organization_id, to_seq);
    RETURN NEXT;
  END LOOP;
  SELECT * INTO v_organization FROM organization o WHERE o.id = p_organization_id;
  IF v_organization.id IS NULL THEN
    RETURN;
  END IF;
  time_zone := v_organization.time_zone;
  closed_at := NULL;
  hash := NULL;
  IF month IS NULL THEN
    month := ledger.first_month(v_organization);
    ends_at := ledger.day_start(month, time_zone);
    to_seq := 1;
  ELSE
    month := month + interval '1 month';
  END IF;
  WHILE ends_at <= v_now LOOP
    starts_at := ends_at;
    ends_at := ledger.day_start(month + interval '1 month', time_zone);
    from_seq := to_seq;
    to_seq := ledger.first_since(p_organization_id, ends_at);
    opening := closing;
    closing := ledger.balance_before(p_organization_id, to_seq);
    RETURN NEXT;
    month := month + interval '1 month';
  END LOOP;
END
$$;
