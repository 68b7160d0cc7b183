-- A month's transactions as lines: each that is no deduction by itself, and the deductions between two of them, or of
-- one day, as one line. So each line's balance is the one above it plus its amount. `seq` is its last transaction.
CREATE OR REPLACE FUNCTION ledger.statement_lines(
  p_organization_id uuid,
  p_from bigint,
  p_to bigint,
  p_time_zone text
) RETURNS TABLE (
  seq bigint,
  type text,
  posted_at timestamptz,
  transactions bigint,
  amount bigint,
  balance_after bigint,
  description text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT l.last, t.type, t.posted_at, l.transactions, l.amount, t.balance_after, t.description
    FROM (
      SELECT max(d.seq) AS last, count(*) AS transactions, sum(d.amount)::bigint AS amount
      FROM (
        SELECT t.seq, t.amount, t.type = 'deduction' AS used,
          CASE WHEN t.type = 'deduction' THEN (t.posted_at AT TIME ZONE p_time_zone)::date END AS day,
          count(*) FILTER (WHERE t.type <> 'deduction') OVER (ORDER BY t.seq) AS others_before
        FROM transaction t
        WHERE t.organization_id = p_organization_id AND t.seq >= p_from AND t.seq < p_to
      ) AS d
      GROUP BY d.others_before, d.used, d.day
    ) AS l
    JOIN transaction t ON t.organization_id = p_organization_id AND t.seq = l.last
    ORDER BY l.last;
END
$$;
