-- What a statement's hash covers: the hash before it, its bounds and its numbers.
CREATE OR REPLACE FUNCTION ledger.statement_hash(p_statement statement) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  RETURN sha256(p_statement.previous_hash || convert_to(concat_ws(
    '|',
    p_statement.organization_id,
    p_statement.month,
    p_statement.time_zone,
    p_statement.starts_at,
    p_statement.ends_at,
    p_statement.from_seq,
    p_statement.to_seq,
    p_statement.numbers
  ), 'UTF8'));
END
$$;

-- Closes the first month of an organization that is not closed, three days after its end. Nothing is posted into a past
-- month, so no lock is needed, and of two workers one writes the row. Returns the month; null if none is due.
CREATE OR REPLACE FUNCTION ledger.close_statement(p_organization_id uuid, p_now timestamptz) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_last statement;
  v_due record;
  v_new statement;
BEGIN
  SELECT * INTO v_due
    FROM ledger.statement_months(p_organization_id, v_now) AS m
    WHERE m.closed_at IS NULL
    ORDER BY m.month
    LIMIT 1;
  IF v_due.month IS NULL OR v_due.ends_at + interval '72 hours' > v_now THEN
    RETURN NULL;
  END IF;
  SELECT * INTO v_last
    FROM statement s
    WHERE s.organization_id = p_organization_id
    ORDER BY s.month DESC
    LIMIT 1;
  v_new.organization_id := p_organization_id;
  v_new.month := v_due.month;
  v_new.time_zone := v_due.time_zone;
  v_new.starts_at := v_due.starts_at;
  v_new.ends_at := v_due.ends_at;
  v_new.from_seq := v_due.from_seq;
  v_new.to_seq := v_due.to_seq;
  v_new.numbers := ledger.statement_numbers(p_organization_id, v_due.from_seq, v_due.to_seq, v_due.starts_at,
    v_due.ends_at, v_last.numbers);
  v_new.closed_at := v_now;
  v_new.previous_hash := coalesce(v_last.hash, '');
  v_new.hash := ledger.statement_hash(v_new);
  INSERT INTO statement (organization_id, month, time_zone, starts_at, ends_at, from_seq, to_seq, numbers, closed_at,
      previous_hash, hash)
    VALUES (v_new.organization_id, v_new.month, v_new.time_zone, v_new.starts_at, v_new.ends_at, v_new.from_seq,
      v_new.to_seq, v_new.numbers, v_new.closed_at, v_new.previous_hash, v_new.hash)
    ON CONFLICT DO NOTHING;
  RETURN v_new.month;
END
$$;

-- Organizations with transactions whose first open month ended three days ago; at most so many.
CREATE OR REPLACE FUNCTION ledger.due_statements(p_now timestamptz, p_most integer) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT b.organization_id
    FROM balance b
    JOIN organization o ON o.id = b.organization_id
    LEFT JOIN LATERAL (
      SELECT s.month + interval '1 month' AS next_month
      FROM statement s
      WHERE s.organization_id = b.organization_id
      ORDER BY s.month DESC
      LIMIT 1
    ) AS last ON true
    WHERE b.seq > 0
      AND ledger.day_start(coalesce(last.next_month, ledger.first_month(o)) + interval '1 month', o.time_zone)
        + interval '72 hours' <= coalesce(p_now, clock_timestamp())
    LIMIT p_most;
END
$$;
