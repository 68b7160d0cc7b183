-- The sums by tag are kept by endpoint, model, key and member too, so that both can be asked for together. The events
-- tell these of what was summed before.
ALTER TABLE "usage_tag_rollup" ADD COLUMN "endpoint" TEXT,
  ADD COLUMN "model" TEXT,
  ADD COLUMN "key_id" UUID,
  ADD COLUMN "member_id" UUID;
ALTER TABLE "usage_tag_rollup" DROP CONSTRAINT "usage_tag_rollup_pkey";

-- Quantities have at least twelve places, as the gate writes them: each place is summed, then put in its order.
WITH summed AS (
  SELECT e.organization_id, r.bucket, r.tag, r.value, e.endpoint, e.model,
    coalesce(e.key_id, '00000000-0000-0000-0000-000000000000') AS key_id,
    coalesce(e.member_id, '00000000-0000-0000-0000-000000000000') AS member_id,
    place.slot, sum(e.requests) AS requests, sum(e.cost) AS cost, sum(coalesce(e.quantities[place.slot], 0)) AS quantity
  FROM ledger.usage_event e
  CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t
  JOIN usage_tag_rollup r ON r.organization_id = e.organization_id AND r.tag = t.key AND r.value = t.value
    AND r.bucket = date_bin('15 minutes', e.occurred_at, 'epoch') AND r.endpoint IS NULL
  CROSS JOIN LATERAL generate_series(1, greatest(12, cardinality(r.quantities))) AS place (slot)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
)
INSERT INTO usage_tag_rollup (
  organization_id, bucket, tag, value, endpoint, model, key_id, member_id, requests, cost, quantities
)
SELECT organization_id, bucket, tag, value, endpoint, model, key_id, member_id, min(requests), min(cost),
  array_agg(quantity::bigint ORDER BY slot)
FROM summed
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
DELETE FROM usage_tag_rollup WHERE endpoint IS NULL;

ALTER TABLE "usage_tag_rollup" ALTER COLUMN "endpoint" SET NOT NULL,
  ALTER COLUMN "model" SET NOT NULL,
  ALTER COLUMN "key_id" SET NOT NULL,
  ALTER COLUMN "member_id" SET NOT NULL;
-- A question names its tag, so that comes first.
ALTER TABLE "usage_tag_rollup" ADD CONSTRAINT "usage_tag_rollup_pkey"
  PRIMARY KEY ("organization_id", "tag", "bucket", "value", "endpoint", "model", "key_id", "member_id");

-- The events that carry a value of a tag that is only logged: the index of the log by such tags.
CREATE TABLE "tagged_event" (
  "organization_id" UUID NOT NULL,
  "tag" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "occurred_at" TIMESTAMPTZ(6) NOT NULL,
  "event_id" UUID NOT NULL,

  CONSTRAINT "tagged_event_pkey" PRIMARY KEY ("organization_id", "tag", "value", "occurred_at", "event_id")
);
-- The events of each value in one row, net of refunds.
CREATE TABLE "tag_total" (
  "organization_id" UUID NOT NULL,
  "tag" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "first_at" TIMESTAMPTZ(6) NOT NULL,
  "last_at" TIMESTAMPTZ(6) NOT NULL,
  "requests" BIGINT NOT NULL,
  "cost" BIGINT NOT NULL,
  "models" TEXT[],
  "tags" TEXT[],

  CONSTRAINT "tag_total_pkey" PRIMARY KEY ("organization_id", "tag", "value")
);
CREATE INDEX "tag_total_organization_id_tag_first_at_value_idx"
  ON "tag_total" ("organization_id", "tag", "first_at", "value");
ALTER TABLE tag_total SET (fillfactor = 70);

DO $$
DECLARE
  v_table regclass;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['tagged_event', 'tag_total']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY own_organization ON %s TO tollgate_app '
      'USING (organization_id = nullif(current_setting(''tollgate.organization'', true), '''')::uuid)', v_table);
    EXECUTE format('CREATE POLICY every_organization ON %s TO tollgate_ledger, tollgate_operator USING (true)', v_table);
    EXECUTE format('GRANT SELECT ON %s TO tollgate_app, tollgate_operator', v_table);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO tollgate_ledger', v_table);
  END LOOP;
END
$$;
GRANT UPDATE ON tag_total TO tollgate_ledger;

-- What was logged before: a tag without sums was only logged.
INSERT INTO tagged_event (organization_id, tag, value, occurred_at, event_id)
SELECT e.organization_id, t.key, t.value, e.occurred_at, e.id
FROM ledger.usage_event e
CROSS JOIN LATERAL jsonb_each_text(e.tags) AS t
WHERE NOT EXISTS (
  SELECT 1 FROM usage_tag_rollup r WHERE r.organization_id = e.organization_id AND r.tag = t.key
);
INSERT INTO tag_total (organization_id, tag, value, first_at, last_at, requests, cost, models, tags)
SELECT t.organization_id, t.tag, t.value,
  min(e.occurred_at) FILTER (WHERE e.reverses IS NULL), max(e.occurred_at) FILTER (WHERE e.reverses IS NULL),
  sum(e.requests), sum(e.cost), array_agg(DISTINCT e.model ORDER BY e.model), '{}'
FROM tagged_event t
JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
GROUP BY 1, 2, 3;
UPDATE tag_total w SET tags = found.tags
FROM (
  SELECT t.organization_id, t.tag, t.value,
    array_agg(DISTINCT s.key || ':' || s.value ORDER BY s.key || ':' || s.value) AS tags
  FROM tagged_event t
  JOIN ledger.usage_event e ON e.organization_id = t.organization_id AND e.id = t.event_id
  CROSS JOIN LATERAL jsonb_each_text(e.tags) AS s
  WHERE EXISTS (SELECT 1 FROM usage_tag_rollup r WHERE r.organization_id = e.organization_id AND r.tag = s.key)
  GROUP BY 1, 2, 3
) AS found
WHERE w.organization_id = found.organization_id AND w.tag = found.tag AND w.value = found.value;
