-- No automatic payment is started or sent to the provider while a dispute has stopped automatic charges. None is
-- started after a clawback before credit is spent, expires or is bought, or an owner decides. Stopped rules watch
-- nothing.
SELECT p.organization_id, p.id AS payment_id, d.id AS dispute_id, p.created_at, p.asked_at, d.suspended_at, d.lifted_at,
  'it was started or sent while a dispute had stopped automatic charges' AS problem
FROM payment p
JOIN dispute d ON d.organization_id = p.organization_id AND d.suspended_at IS NOT NULL
WHERE p.purpose = 'auto_top_up'
  AND ((p.created_at > d.suspended_at AND p.created_at < coalesce(d.lifted_at, 'infinity'))
    OR (p.asked_at > d.suspended_at AND p.asked_at < coalesce(d.lifted_at, 'infinity')))
UNION ALL
SELECT p.organization_id, p.id, NULL, p.created_at, p.asked_at, t.posted_at, NULL,
  'a clawback started it'
FROM payment p
JOIN transaction own ON own.organization_id = p.organization_id AND own.scope = 'payment'
  AND own.idempotency_key = p.intent
CROSS JOIN LATERAL (SELECT type, posted_at FROM transaction WHERE organization_id = p.organization_id
  AND seq < own.seq AND posted_at <= p.created_at ORDER BY seq DESC LIMIT 1) AS t
WHERE p.purpose = 'auto_top_up' AND p.state = 'succeeded' AND t.type = 'clawback'
  AND NOT EXISTS (SELECT 1 FROM auto_top_up a WHERE a.organization_id = p.organization_id AND a.set_at >= t.posted_at)
  AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.organization_id = p.organization_id AND d.lifted_at >= t.posted_at)
  -- A card's refusal no longer counts when an owner chooses another card.
  AND p.payment_method IS NOT DISTINCT FROM (SELECT coalesce(max(q.payment_method), p.payment_method) FROM payment q
    WHERE q.organization_id = p.organization_id AND q.purpose = 'auto_top_up'
      AND q.created_at = (SELECT max(r.created_at) FROM payment r
        WHERE r.organization_id = p.organization_id AND r.purpose = 'auto_top_up' AND r.created_at < p.created_at))
UNION ALL
SELECT b.organization_id, NULL, d.id, NULL, NULL, d.suspended_at, NULL,
  'the balance is watched although a dispute has stopped automatic charges'
FROM balance b
JOIN dispute d ON d.organization_id = b.organization_id AND d.suspended_at IS NOT NULL AND d.lifted_at IS NULL
WHERE b.top_up_below IS NOT NULL
UNION ALL
SELECT d.organization_id, NULL, d.id, NULL, NULL, NULL, NULL, 'an open dispute has not stopped automatic charges'
FROM dispute d
JOIN organization o ON o.id = d.organization_id AND o.deleted_at IS NULL
WHERE d.state IN ('inquiry', 'open') AND d.suspended_at IS NULL
