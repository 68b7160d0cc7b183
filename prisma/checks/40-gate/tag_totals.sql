-- The totals of a value are its events, for the tags that every catalogue version only logs.
WITH event AS (
  SELECT e.organization_id, t.tag, t.value, sum(e.requests) AS requests, sum(e.cost) AS cost,
    min(e.occurred_at) FILTER (WHERE e.reverses IS NULL) AS first_at,
    max(e.occurred_at) FILTER (WHERE e.reverses IS NULL) AS last_at, ledger.all_texts(ARRAY[e.model]) AS models
  FROM ledger.usage_event e CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t (tag, value)
  GROUP BY 1, 2, 3
)
SELECT organization_id, tag, value, w.requests, e.requests AS event_requests, w.cost, e.cost AS event_cost, w.first_at,
  e.first_at AS event_first_at, w.last_at, e.last_at AS event_last_at, w.models, e.models AS event_models,
  'the totals are not the sum of the events' AS problem
FROM tag_total w FULL JOIN event e USING (organization_id, tag, value)
WHERE tag = ANY (coalesce(nullif(current_setting('tollgate.logged_tags', true), ''), '{}')::text[])
  AND (w.requests, w.cost, w.first_at, w.last_at, w.models)
    IS DISTINCT FROM (e.requests::bigint, e.cost::bigint, e.first_at, e.last_at, e.models)
