-- Rows that refer to each other belong to one organization, and the organization exists with its balance.
SELECT e.organization_id, 'entry' AS what, e.transaction_seq || '/' || e.line AS id,
  'its transaction does not exist' AS problem
FROM entry e WHERE NOT EXISTS (SELECT 1 FROM transaction t
  WHERE t.organization_id = e.organization_id AND t.seq = e.transaction_seq)
UNION ALL
SELECT e.organization_id, 'entry', e.transaction_seq || '/' || e.line, 'its grant does not exist'
FROM entry e WHERE e.grant_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "grant" g WHERE g.organization_id = e.organization_id AND g.id = e.grant_id)
UNION ALL
SELECT u.organization_id, u.what, u.id, 'its key does not exist'
FROM (
  SELECT organization_id, 'hold' AS what, id::text AS id, key_id FROM hold
  UNION ALL SELECT organization_id, 'transaction', seq::text, key_id FROM transaction
  UNION ALL SELECT organization_id, 'event', id::text, key_id FROM ledger.usage_event
) AS u LEFT JOIN api_key k ON k.organization_id = u.organization_id AND k.id = u.key_id
WHERE u.key_id IS NOT NULL AND k.id IS NULL
UNION ALL
SELECT o.id, 'organization', o.id::text, 'it has no balance' FROM organization o
WHERE NOT EXISTS (SELECT 1 FROM balance b WHERE b.organization_id = o.id)
UNION ALL
SELECT b.organization_id, 'balance', b.organization_id::text, 'its organization does not exist' FROM balance b
WHERE NOT EXISTS (SELECT 1 FROM organization o WHERE o.id = b.organization_id)
