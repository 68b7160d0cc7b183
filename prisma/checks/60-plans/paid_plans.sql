-- Every started cycle of a plan's payment has its grant, and no cycle is paid without a payment. A payment that came
-- too late for its plan has added all of its credit.
SELECT p.organization_id, p.id AS payment_id, p.plan, n.cycle, p.allowance AS credit,
  'a paid cycle added no credit' AS problem
FROM payment p
JOIN subscription s ON s.organization_id = p.organization_id
CROSS JOIN LATERAL generate_series(p.first_cycle, least(p.first_cycle + p.cycles - 1, s.cycle)) AS n (cycle)
WHERE p.purpose = 'plan' AND p.state = 'succeeded' AND p.allowance > 0 AND NOT EXISTS (SELECT 1 FROM "grant" g
  WHERE g.organization_id = p.organization_id AND g.kind = 'plan' AND g.source = 'plan' AND g.cycle = n.cycle)
UNION ALL
SELECT p.organization_id, p.id, p.plan, NULL, p.credit, 'a payment without a cycle added no credit'
FROM payment p
LEFT JOIN "grant" g ON g.organization_id = p.organization_id AND g.id = p.grant_id
LEFT JOIN transaction t ON t.organization_id = p.organization_id AND t.scope = 'payment'
  AND t.idempotency_key = p.invoice
WHERE p.purpose = 'plan' AND p.state = 'succeeded' AND p.first_cycle IS NULL AND p.credit > 0
  AND (g.id IS NULL OR g.amount <> p.credit OR t.seq IS NULL OR t.amount <> p.credit)
UNION ALL
SELECT p.organization_id, p.id, p.plan, NULL, p.credit, 'a payment that did not succeed added credit'
FROM payment p WHERE p.purpose = 'plan' AND p.state <> 'succeeded' AND (p.grant_id IS NOT NULL OR p.clawed > 0)
UNION ALL
SELECT s.organization_id, NULL, s.plan, s.paid_cycles, s.allowance, 'the paid cycles are not those of the payments'
FROM subscription s
WHERE s.status = 'active' AND s.provider_id IS NOT NULL AND s.paid_cycles IS DISTINCT FROM (
  SELECT max(p.first_cycle + p.cycles) FROM payment p WHERE p.organization_id = s.organization_id AND p.purpose = 'plan'
    AND p.state = 'succeeded' AND p.first_cycle >= s.anchor_cycle)
