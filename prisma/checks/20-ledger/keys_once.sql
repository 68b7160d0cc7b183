-- Every transaction and every hold has an idempotency key, used once per organization and scope.
SELECT organization_id, scope, idempotency_key, count(*) AS uses,
  'an idempotency key is missing or used twice' AS problem
FROM (
  SELECT organization_id, 'transaction:' || scope AS scope, idempotency_key FROM transaction
  UNION ALL
  SELECT organization_id, 'hold', idempotency_key FROM hold
  UNION ALL
  SELECT organization_id, 'record:' || scope, idempotency_key FROM idempotency_record
) AS used
GROUP BY organization_id, scope, idempotency_key
HAVING count(*) > 1 OR idempotency_key = ''
