-- Every table that keeps an organization's rows shows them to the app one organization at a time.
SELECT c.oid::regclass::text AS "table", 'rows of one organization can be seen from another' AS problem
FROM pg_class c
WHERE c.relnamespace IN ('public'::regnamespace, 'ledger'::regnamespace) AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND (c.oid = 'public.organization'::regclass OR EXISTS (SELECT 1 FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped))
  AND (NOT c.relrowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid
    AND 'tollgate_app'::regrole = ANY (p.polroles)))
UNION ALL
SELECT inhrelid::regclass::text, 'the app may read a partition past the policy of its table'
FROM pg_inherits WHERE inhparent = 'ledger.usage_event'::regclass
  AND has_table_privilege('tollgate_app', inhrelid, 'SELECT')
