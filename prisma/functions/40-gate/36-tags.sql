-- What is kept by tag. The catalogue sums by some tags (`p_rollup_tags`); the others, such as a run, have an index of
-- their events and a total for each value.

-- The sums of a batch by quarters of an hour and by each tag that the catalogue sums by.
CREATE OR REPLACE FUNCTION ledger.gate_write_tag_sums(p_events ledger.gate_event[], p_rollup_tags text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_tag_rollup AS w (
    organization_id, tag, bucket, value, endpoint, model, key_id, member_id, requests, quantities, cost
  )
  SELECT
    e.organization_id,
    tag.key,
    date_bin('15 minutes', e.occurred_at, 'epoch'),
    tag.value,
    e.endpoint,
    e.model,
    coalesce(e.key_id, ledger.nobody()),
    coalesce(e.member_id, ledger.nobody()),
    count(*),
    ARRAY[
      sum(e.quantities[1]), sum(e.quantities[2]), sum(e.quantities[3]), sum(e.quantities[4]), sum(e.quantities[5]),
      sum(e.quantities[6]), sum(e.quantities[7]), sum(e.quantities[8]), sum(e.quantities[9]), sum(e.quantities[10]),
      sum(e.quantities[11]), sum(e.quantities[12])
    ]::bigint[] || ledger.sum_arrays(e.quantities[13:]) FILTER (WHERE cardinality(e.quantities) > 12),
    sum(e.cost)
  FROM unnest(p_events) AS e
  CROSS JOIN LATERAL jsonb_each_text(e.tags) AS tag
  WHERE e.tags IS NOT NULL AND tag.key = ANY (p_rollup_tags)
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (organization_id, tag, bucket, value, endpoint, model, key_id, member_id) DO UPDATE SET
    requests = w.requests + excluded.requests,
    cost = w.cost + excluded.cost,
    quantities = ledger.add_quantities(w.quantities, excluded.quantities);
END
$$;

-- Two sets of texts as one, each text once and sorted; the first is sorted already.
CREATE OR REPLACE FUNCTION ledger.union_texts(a text[], b text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN a @> b THEN a ELSE ARRAY(SELECT DISTINCT t FROM unnest(a || b) AS t ORDER BY t) END
$$;

CREATE OR REPLACE AGGREGATE ledger.all_texts(text[]) (SFUNC = ledger.union_texts, STYPE = text[], INITCOND = '{}');

-- `NAME:VALUE` of the tags that the catalogue sums by.
CREATE OR REPLACE FUNCTION ledger.summed_tags(p_tags jsonb, p_rollup_tags text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT t.key || ':' || t.value FROM jsonb_each_text(p_tags) AS t WHERE t.key = ANY (p_rollup_tags))
$$;

-- Writes the tags of a batch's events, in the order of the locks.
CREATE OR REPLACE FUNCTION ledger.gate_write_tags(p_events ledger.gate_event[], p_rollup_tags text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tagged_event (organization_id, tag, value, occurred_at, event_id)
  SELECT e.organization_id, tag.key, tag.value, e.occurred_at, e.id
  FROM unnest(p_events) AS e
  CROSS JOIN LATERAL jsonb_each_text(e.tags) AS tag
  WHERE e.tags IS NOT NULL AND tag.key <> ALL (p_rollup_tags);
  IF NOT FOUND THEN
    RETURN;
  END IF;

  INSERT INTO tag_total AS w (organization_id, tag, value, first_at, last_at, requests, cost, models, tags)
  SELECT
    e.organization_id,
    tag.key,
    tag.value,
    min(e.occurred_at),
    max(e.occurred_at),
    count(*),
    sum(e.cost),
    ledger.all_texts(ARRAY[e.model]),
    ledger.all_texts(ledger.summed_tags(e.tags, p_rollup_tags))
  FROM unnest(p_events) AS e
  CROSS JOIN LATERAL jsonb_each_text(e.tags) AS tag
  WHERE e.tags IS NOT NULL AND tag.key <> ALL (p_rollup_tags)
  GROUP BY 1, 2, 3
  ORDER BY 1, 2, 3
  ON CONFLICT (organization_id, tag, value) DO UPDATE SET
    first_at = least(w.first_at, excluded.first_at),
    last_at = greatest(w.last_at, excluded.last_at),
    requests = w.requests + excluded.requests,
    cost = w.cost + excluded.cost,
    models = ledger.union_texts(w.models, excluded.models),
    tags = ledger.union_texts(w.tags, excluded.tags);
END
$$;

-- Adds the tags of one event. One that gives back lowers the totals of its call and moves no time.
CREATE OR REPLACE FUNCTION ledger.tag_event(p_event ledger.usage_event, p_rollup_tags text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_moves CONSTANT boolean := p_event.reverses IS NULL;
  v_summed CONSTANT text[] := ledger.union_texts('{}', ledger.summed_tags(p_event.tags, p_rollup_tags));
BEGIN
  INSERT INTO tagged_event (organization_id, tag, value, occurred_at, event_id)
    SELECT p_event.organization_id, tag.key, tag.value, p_event.occurred_at, p_event.id
    FROM jsonb_each_text(p_event.tags) AS tag
    WHERE tag.key <> ALL (p_rollup_tags);

  INSERT INTO tag_total AS w (organization_id, tag, value, first_at, last_at, requests, cost, models, tags)
    SELECT
      p_event.organization_id, tag.key, tag.value, p_event.occurred_at, p_event.occurred_at, p_event.requests,
      p_event.cost, ARRAY[p_event.model], v_summed
    FROM jsonb_each_text(p_event.tags) AS tag
    WHERE tag.key <> ALL (p_rollup_tags)
    ON CONFLICT (organization_id, tag, value) DO UPDATE SET
      first_at = CASE WHEN v_moves THEN least(w.first_at, excluded.first_at) ELSE w.first_at END,
      last_at = CASE WHEN v_moves THEN greatest(w.last_at, excluded.last_at) ELSE w.last_at END,
      requests = w.requests + excluded.requests,
      cost = w.cost + excluded.cost,
      models = ledger.union_texts(w.models, excluded.models),
      tags = ledger.union_texts(w.tags, excluded.tags);
END
$$;
