-- A subscription's PAYG counters are the prepaid credit that the running cycle's calls took and hold. A refund lowers
-- them, never below zero: so the sum is the path reflected at zero.
WITH sub AS (
  SELECT * FROM subscription WHERE status = 'active'
), move AS (
  SELECT s.organization_id, t.seq, -(t.amount - t.amount_plan) AS prepaid
  FROM sub s
  JOIN transaction t ON t.organization_id = s.organization_id AND t.type IN ('deduction', 'refund')
  JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  LEFT JOIN hold h ON h.organization_id = e.organization_id AND h.id = coalesce(e.hold_id, e.reverses, e.id)
  LEFT JOIN ledger.usage_event o ON e.reverses IS NOT NULL AND o.organization_id = e.organization_id
    AND o.id = e.reverses
  WHERE CASE WHEN h.id IS NOT NULL THEN h.payg_cycle = s.cycle
    ELSE coalesce(o.transaction_seq, e.transaction_seq) > s.opened_seq END
), path AS (
  SELECT organization_id, seq, sum(prepaid) OVER (PARTITION BY organization_id ORDER BY seq) AS total FROM move
), spent AS (
  SELECT organization_id, (array_agg(total ORDER BY seq DESC))[1] - least(0, min(total)) AS spent FROM path GROUP BY 1
), held AS (
  SELECT h.organization_id, sum(h.ceiling - h.ceiling_plan) AS held
  FROM sub s JOIN hold h ON h.organization_id = s.organization_id AND h.state = 'open' AND h.payg_cycle = s.cycle
  GROUP BY 1
)
SELECT s.organization_id, s.plan, s.cycle, s.payg_spent, coalesce(p.spent, 0) AS spent, s.payg_held,
  coalesce(h.held, 0) AS held, 'the PAYG counters are not the sums of the cycle''s calls' AS problem
FROM sub s
LEFT JOIN spent p ON p.organization_id = s.organization_id
LEFT JOIN held h ON h.organization_id = s.organization_id
WHERE s.payg_spent <> coalesce(p.spent, 0) OR s.payg_held <> coalesce(h.held, 0)
