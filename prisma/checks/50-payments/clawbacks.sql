-- What was taken back of a payment's credit is the sum of its clawbacks, and the share of the money that went back:
-- refunds made or on their way and disputes open or lost, at most what was paid, rounded half up.
WITH claw AS (
  SELECT organization_id, split_part(idempotency_key, ':', 1) AS payment_id, -sum(amount) AS taken, count(*) AS claws
  FROM transaction WHERE scope = 'clawback' GROUP BY 1, 2
), back AS (
  SELECT organization_id, payment_id, sum(amount) AS amount FROM (
    SELECT organization_id, payment_id, amount FROM payment_refund WHERE state IN ('pending', 'succeeded')
    UNION ALL SELECT organization_id, payment_id, amount FROM dispute WHERE state IN ('open', 'lost')
  ) AS returned GROUP BY 1, 2
)
SELECT p.organization_id, p.id::text AS payment_id, p.credit, p.clawed, c.taken, p.claws, c.claws AS transactions,
  'what was taken back is not the sum of the clawbacks' AS problem
FROM payment p LEFT JOIN claw c ON c.organization_id = p.organization_id AND c.payment_id = p.id::text
WHERE p.clawed <> coalesce(c.taken, 0) OR p.claws <> coalesce(c.claws, 0) OR p.clawed NOT BETWEEN 0 AND p.credit
UNION ALL
SELECT c.organization_id, c.payment_id, NULL, NULL, c.taken, NULL, c.claws, 'it was taken back of no payment'
FROM claw c WHERE NOT EXISTS (SELECT 1 FROM payment p
  WHERE p.organization_id = c.organization_id AND p.id::text = c.payment_id)
UNION ALL
-- Of a plan's payment cycles may have begun since; nothing moves any more where the organization was deleted.
SELECT p.organization_id, p.id::text, p.credit, p.clawed, b.amount, p.claws, NULL,
  'what was taken back is not the share that went back'
FROM payment p
JOIN organization o ON o.id = p.organization_id AND o.deleted_at IS NULL
LEFT JOIN back b ON b.organization_id = p.organization_id AND b.payment_id = p.id
WHERE p.state = 'succeeded' AND p.purpose <> 'plan' AND p.amount > 0
  AND p.clawed <> div(2 * p.credit::numeric * least(coalesce(b.amount, 0), p.amount) + p.amount, 2 * p.amount::numeric)
