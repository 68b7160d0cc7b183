-- An active rule of auto top-up watches the balance, or is due, or waits for a person. It watches with its own
-- threshold, and the balance is not below it.
SELECT b.organization_id, a.enabled, a.threshold, b.top_up_below, a.due_at, a.blocked,
  CASE WHEN a.organization_id IS NULL THEN 'the balance is watched without a rule'
    WHEN b.top_up_below IS NOT NULL AND (NOT a.enabled OR a.due_at IS NOT NULL OR a.blocked IS NOT NULL)
      THEN 'the balance is watched by a rule that is off, due or waiting'
    WHEN b.top_up_below <> a.threshold THEN 'the balance is watched by another threshold'
    WHEN p.id IS NOT NULL AND a.due_at IS NULL THEN 'a payment is in flight and no check is due'
    WHEN b.top_up_below IS NOT NULL THEN 'the balance is below the threshold and nothing is due'
    ELSE 'it neither watches nor is due' END AS problem
FROM balance b
LEFT JOIN auto_top_up a ON a.organization_id = b.organization_id
LEFT JOIN payment p ON p.organization_id = b.organization_id AND p.purpose = 'auto_top_up' AND p.state = 'open'
WHERE (b.top_up_below IS NOT NULL AND (a.organization_id IS NULL OR NOT a.enabled OR a.due_at IS NOT NULL
    OR a.blocked IS NOT NULL OR a.threshold <> b.top_up_below
    OR ledger.prepaid_level(b.organization_id, b.posted_at) < b.top_up_below))
  OR (a.enabled AND b.top_up_below IS NULL AND a.due_at IS NULL
    AND coalesce(a.blocked, '') NOT IN ('suspended', 'authentication_required', 'no_card', 'gap', 'returned',
      'unavailable')
    AND NOT ledger.charges_suspended(b.organization_id))
  OR (p.id IS NOT NULL AND a.due_at IS NULL)
