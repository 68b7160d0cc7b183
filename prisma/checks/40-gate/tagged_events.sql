-- The index of the log by tags has each event once for each tag that every catalogue version only logs.
WITH event AS (
  SELECT e.organization_id, t.tag, t.value, e.occurred_at, e.id AS event_id, true AS logged
  FROM ledger.usage_event e CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t (tag, value)
), indexed AS (
  SELECT organization_id, tag, value, occurred_at, event_id, true AS found FROM tagged_event
)
SELECT organization_id, tag, value, occurred_at, event_id, 'the index of tags is not the events' AS problem
FROM indexed FULL JOIN event USING (organization_id, tag, value, occurred_at, event_id)
WHERE tag = ANY (coalesce(nullif(current_setting('tollgate.logged_tags', true), ''), '{}')::text[])
  AND (found IS NULL OR logged IS NULL)
