-- The calls of a batch that were answered before: the first answer is rebuilt from columns that never change. A hold
-- that ended otherwise is told with its end state in `detail`. Ends are looked up with `p_endings` only.
CREATE OR REPLACE FUNCTION ledger.gate_replays(
  p_organizations uuid[], p_kind text[], p_organization integer[], p_id uuid[], p_idempotency_key text[],
  p_request_hash uuid[], p_endings boolean
) RETURNS TABLE (call integer, outcome text, id uuid, amount bigint, amount_plan bigint, released bigint, waived bigint,
  available bigint, expires_at bigint, transaction_seq bigint, detail text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ledger, public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET cpu_tuple_cost = 1 SET cpu_index_tuple_cost = 1 SET random_page_cost = 1 AS $$
#variable_conflict use_column
BEGIN
  IF 'h' = ANY (p_kind) THEN
    RETURN QUERY SELECT u.n::integer, CASE WHEN h.request_hash = u.hash THEN 'replay' ELSE 'reused' END, h.id, h.ceiling,
      h.ceiling_plan, 0::bigint, 0::bigint, h.available_after, (extract(epoch FROM h.first_expires_at) * 1000)::bigint,
      0::bigint, NULL::text
    FROM unnest(p_kind, p_organization, p_idempotency_key, p_request_hash) WITH ORDINALITY AS u (kind, o, key, hash, n)
    JOIN hold h ON h.organization_id = p_organizations[u.o] AND h.idempotency_key = u.key WHERE u.kind = 'h';
  END IF;
  IF 'c' = ANY (p_kind) THEN
    RETURN QUERY SELECT u.n::integer, CASE WHEN t.request_hash = u.hash THEN 'replay' ELSE 'reused' END, t.event_id,
      -t.amount, -t.amount_plan, 0::bigint, 0::bigint, t.available_after, 0::bigint, t.seq, NULL::text
    FROM unnest(p_kind, p_organization, p_idempotency_key, p_request_hash) WITH ORDINALITY AS u (kind, o, key, hash, n)
    JOIN transaction t ON t.organization_id = p_organizations[u.o] AND t.scope = 'charge' AND t.idempotency_key = u.key
    WHERE u.kind = 'c'
    UNION ALL
    SELECT u.n::integer, CASE WHEN d.request_hash = u.hash THEN 'replay' ELSE 'reused' END, (d.answer ->> 'id')::uuid,
      0::bigint, 0::bigint, 0::bigint, 0::bigint, (d.answer ->> 'available')::bigint, 0::bigint, 0::bigint, NULL::text
    FROM unnest(p_kind, p_organization, p_idempotency_key, p_request_hash) WITH ORDINALITY AS u (kind, o, key, hash, n)
    JOIN idempotency_record d ON d.organization_id = p_organizations[u.o] AND d.scope = 'charge'
      AND d.idempotency_key = u.key WHERE u.kind = 'c';
  END IF;
  IF p_endings THEN
    RETURN QUERY SELECT u.n::integer, CASE WHEN h.end_key <> u.key OR h.end_key IS NULL THEN 'ended'
        WHEN h.end_hash = u.hash AND h.state = CASE u.kind WHEN 's' THEN 'settled' ELSE 'released' END THEN 'replay'
        ELSE 'reused' END,
      h.id, h.cost, h.cost_plan, greatest(0, h.ceiling - h.cost), h.waived, coalesce(h.end_available, 0), 0::bigint,
      coalesce(h.transaction_seq, 0), h.state
    FROM unnest(p_kind, p_organization, p_id, p_idempotency_key, p_request_hash) WITH ORDINALITY
      AS u (kind, o, id, key, hash, n)
    JOIN hold h ON h.organization_id = p_organizations[u.o] AND h.id = u.id AND h.state <> 'open'
    WHERE u.kind IN ('s', 'r');
  END IF;
  IF 's' = ANY (p_kind) THEN
    -- The key settled another hold at no cost. Where that one cost something, the transaction's own key refuses this one.
    RETURN QUERY SELECT u.n::integer, 'reused', u.id, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, NULL::text
    FROM unnest(p_kind, p_organization, p_id, p_idempotency_key) WITH ORDINALITY AS u (kind, o, id, key, n)
    JOIN idempotency_record d ON d.organization_id = p_organizations[u.o] AND d.scope = 'settle'
      AND d.idempotency_key = u.key AND d.answer ->> 'id' <> u.id::text
    WHERE u.kind = 's' AND u.key NOT LIKE ' %';
  END IF;
END
$$;
