-- The clawback of a payment's credit is the sum of its clawback transactions, and the same share of the credit as the
-- reversed share of the money: refunds pending or made, disputes open or lost, at most the amount, rounded half up.
WITH clawback AS (
  SELECT organization_id, split_part(idempotency_key, ':', 1) AS payment_id, -sum(amount) AS taken, count(*) AS claws
  FROM transaction WHERE scope = 'clawback' GROUP BY 1, 2
), reversed AS (
  SELECT organization_id, payment_id, sum(amount) AS amount FROM (
    SELECT organization_id, payment_id, amount FROM payment_refund WHERE state IN ('pending', 'succeeded')
    UNION ALL SELECT organization_id, payment_id, amount FROM dispute WHERE state IN ('open', 'lost')
  ) AS reversal GROUP BY 1, 2
)
SELECT p.organization_id, p.id::text AS payment_id, p.credit, p.clawed, c.taken, p.claws, c.claws AS transactions,
  'the clawback is not the sum of its transactions' AS problem
FROM payment p LEFT JOIN clawback c ON c.organization_id = p.organization_id AND c.payment_id = p.id::text
WHERE p.clawed <> coalesce(c.taken, 0) OR p.claws <> coalesce(c.claws, 0) OR p.clawed NOT BETWEEN 0 AND p.credit
UNION ALL
SELECT c.organization_id, c.payment_id, NULL, NULL, c.taken, NULL, c.claws, 'the clawback belongs to no payment'
FROM clawback c WHERE NOT EXISTS (SELECT 1 FROM payment p
  WHERE p.organization_id = c.organization_id AND p.id::text = c.payment_id)
UNION ALL
-- Plan payments are left out, because later cycles may have started. A deleted organization's balance is final.
SELECT p.organization_id, p.id::text, p.credit, p.clawed, r.amount, p.claws, NULL,
  'the clawback is not the share of the reversed money'
FROM payment p
JOIN organization o ON o.id = p.organization_id AND o.deleted_at IS NULL
LEFT JOIN reversed r ON r.organization_id = p.organization_id AND r.payment_id = p.id
WHERE p.state = 'succeeded' AND p.purpose <> 'plan' AND p.amount > 0
  AND p.clawed <> div(2 * p.credit::numeric * least(coalesce(r.amount, 0), p.amount) + p.amount, 2 * p.amount::numeric)
