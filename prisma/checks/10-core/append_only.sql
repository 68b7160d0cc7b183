-- Only the owner of the tables may change or remove entries, transactions, events and closed statements.
SELECT r.role, t.name::text AS "table", p.privilege, 'this role may change append-only rows' AS problem
FROM (VALUES ('tollgate_app'), ('tollgate_operator'), ('tollgate_ledger'), ('public')) AS r (role)
CROSS JOIN (
  SELECT unnest(ARRAY[
    'public.entry', 'public.transaction', 'public.statement', 'ledger.usage_event'
  ]::regclass[]) AS name
  UNION ALL SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'ledger.usage_event'::regclass
) AS t
CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
WHERE has_table_privilege(r.role, t.name, p.privilege)
  OR (p.privilege = 'UPDATE' AND has_any_column_privilege(r.role, t.name, 'UPDATE'))
UNION ALL
SELECT rolname, NULL, CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'BYPASSRLS' END, 'this role can do everything'
FROM pg_roles WHERE rolname IN ('tollgate_app', 'tollgate_operator', 'tollgate_ledger') AND (rolsuper OR rolbypassrls)
