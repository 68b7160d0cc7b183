-- A closed statement has the numbers of the ledger: its movements are the entries of its transactions, what it opened
-- with and its movements are what it closed with, kind by kind, and its usage is what its calls took.
WITH movement AS (
  SELECT s.organization_id, s.month, t.type, coalesce(g.kind, 'debt') AS kind, sum(e.amount) AS amount
  FROM statement s
  JOIN transaction t ON t.organization_id = s.organization_id AND t.seq >= s.from_seq AND t.seq < s.to_seq
  JOIN entry e ON e.organization_id = t.organization_id AND e.transaction_seq = t.seq
    AND e.account IN ('grant', 'debt')
  LEFT JOIN "grant" g ON g.organization_id = e.organization_id AND g.id = e.grant_id
  GROUP BY 1, 2, 3, 4
), stated AS (
  SELECT s.organization_id, s.month, m.key AS type, k.key AS kind, k.value::bigint AS amount
  FROM statement s
  CROSS JOIN LATERAL jsonb_each(s.numbers -> 'movements') AS m
  CROSS JOIN LATERAL jsonb_each_text(m.value - 'transactions') AS k
), closing AS (
  SELECT s.organization_id, s.month, s.to_seq, s.numbers, k.kind, CASE WHEN k.kind = 'debt'
      THEN (s.numbers ->> 'debt')::bigint
      ELSE (SELECT coalesce(sum((g.value ->> 'remaining')::bigint), 0)
        FROM jsonb_array_elements(s.numbers -> 'grants') AS g WHERE g.value ->> 'kind' = k.kind)
    END AS amount
  FROM statement s
  CROSS JOIN unnest(ARRAY['plan', 'purchased', 'promotional', 'adjustment', 'debt']) AS k (kind)
), moved AS (
  SELECT organization_id, month, kind, sum(amount) AS amount
  FROM stated
  GROUP BY 1, 2, 3
), total AS (
  SELECT organization_id, month, to_seq, numbers, sum(amount) AS amount
  FROM closing
  GROUP BY 1, 2, 3, 4
)
SELECT organization_id, month, type, kind, m.amount, s.amount AS stated,
  'a movement is not that of the transactions' AS problem
FROM movement m
FULL JOIN stated s USING (organization_id, month, type, kind)
WHERE coalesce(m.amount, 0) <> coalesce(s.amount, 0)
UNION ALL
SELECT organization_id, month, NULL, kind, c.after - coalesce(c.before, 0), coalesce(m.amount, 0),
  'what it closed with is not what it opened with and the movements'
FROM (
  SELECT organization_id, month, kind, amount AS after,
    lag(amount) OVER (PARTITION BY organization_id, kind ORDER BY month) AS before
  FROM closing
) AS c
LEFT JOIN moved m USING (organization_id, month, kind)
WHERE c.after - coalesce(c.before, 0) <> coalesce(m.amount, 0)
UNION ALL
SELECT t.organization_id, t.month, NULL, NULL, coalesce(b.balance_after, 0), t.amount,
  'what it closed with is not the balance'
FROM total t
LEFT JOIN transaction b ON b.organization_id = t.organization_id AND b.seq = t.to_seq - 1
WHERE coalesce(b.balance_after, 0) <> t.amount
UNION ALL
SELECT t.organization_id, t.month, NULL, NULL, coalesce(u.amount, 0), (t.numbers #>> '{usage,total,cost}')::bigint,
  'its usage is not what its calls took'
FROM total t
LEFT JOIN (
  SELECT organization_id, month, -sum(amount) AS amount
  FROM stated
  WHERE type IN ('deduction', 'refund')
  GROUP BY 1, 2
) AS u USING (organization_id, month)
WHERE coalesce(u.amount, 0) <> (t.numbers #>> '{usage,total,cost}')::bigint
