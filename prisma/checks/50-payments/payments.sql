-- A payment that has succeeded has exactly one purchase of the frozen credit, with the provider's charge as its key,
-- and its grant. Other payments have none. No charge counts for two payments.
SELECT p.organization_id, p.id AS payment_id, p.state, p.credit, p.intent, t.seq, t.amount, g.amount AS granted,
  CASE WHEN p.state = 'succeeded' THEN 'it succeeded without exactly its credit'
    ELSE 'it did not succeed and added credit' END AS problem
FROM payment p
LEFT JOIN transaction t ON t.organization_id = p.organization_id AND t.scope = 'payment'
  AND t.idempotency_key = p.intent
LEFT JOIN "grant" g ON g.organization_id = p.organization_id AND g.id = p.grant_id
WHERE p.purpose <> 'plan' AND CASE WHEN p.state = 'succeeded'
  THEN t.seq IS NULL OR t.type <> 'purchase' OR t.amount <> p.credit OR g.id IS NULL OR g.amount <> p.credit
    OR g.kind <> 'purchased' OR g.source <> 'payment'
  ELSE t.seq IS NOT NULL OR p.grant_id IS NOT NULL OR p.clawed > 0 END
UNION ALL
SELECT t.organization_id, NULL, NULL, NULL, t.idempotency_key, t.seq, t.amount, NULL,
  'no successful payment bought it'
FROM transaction t
WHERE t.scope = 'payment' AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = t.organization_id
  AND p.state = 'succeeded' AND t.idempotency_key = CASE p.purpose WHEN 'plan' THEN p.invoice ELSE p.intent END)
UNION ALL
SELECT min(organization_id::text)::uuid, min(id::text)::uuid, NULL, NULL, intent, NULL, NULL, count(*),
  'one charge counts for several payments'
FROM payment WHERE intent IS NOT NULL GROUP BY intent HAVING count(*) > 1
