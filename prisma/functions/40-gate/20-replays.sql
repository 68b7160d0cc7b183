-- The answer to a call that is not written, as a decision.
CREATE OR REPLACE FUNCTION ledger.gate_answer(
  outcome text,
  answer_id uuid,
  amount bigint DEFAULT 0,
  amount_plan bigint DEFAULT 0,
  released bigint DEFAULT 0,
  waived bigint DEFAULT 0,
  available bigint DEFAULT 0,
  hold_expires_at bigint DEFAULT 0,
  seq bigint DEFAULT 0,
  detail text DEFAULT NULL
) RETURNS ledger.gate_decision
LANGUAGE sql IMMUTABLE AS $$
  SELECT ROW(outcome, answer_id, amount, amount_plan, released, waived, available, hold_expires_at, seq, detail,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::ledger.gate_decision;
$$;

-- The calls of a batch that already have an answer: it is rebuilt from columns that never change. A hold that ended
-- differently is answered with its end state in `detail`. `p_kinds` are the batch's kinds; with `p_ended`, it looks up
-- ends too. `ledger.gate` calls it under its locks, with its settings.
CREATE OR REPLACE FUNCTION ledger.gate_replays(
  p_organizations uuid[],
  p_calls ledger.gate_call[],
  p_kinds text[],
  p_ended boolean
) RETURNS TABLE (call bigint, answer ledger.gate_decision)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF 'hold' = ANY (p_kinds) THEN
    RETURN QUERY
      SELECT
        c.ordinality,
        ledger.gate_answer(
          outcome => CASE WHEN h.request_hash = c.request_hash THEN 'replay' ELSE 'reused' END,
          answer_id => h.id,
          amount => h.ceiling,
          amount_plan => h.ceiling_plan,
          available => h.available_after,
          hold_expires_at => (extract(epoch FROM h.first_expires_at) * 1000)::bigint
        )
      FROM unnest(p_calls) WITH ORDINALITY AS c
      JOIN hold h ON h.organization_id = p_organizations[c.organization] AND h.idempotency_key = c.idempotency_key
      WHERE c.kind = 'hold';
  END IF;

  IF 'charge' = ANY (p_kinds) THEN
    RETURN QUERY
      SELECT
        c.ordinality,
        ledger.gate_answer(
          outcome => CASE WHEN t.request_hash = c.request_hash THEN 'replay' ELSE 'reused' END,
          answer_id => t.event_id,
          amount => -t.amount,
          amount_plan => -t.amount_plan,
          available => t.available_after,
          seq => t.seq
        )
      FROM unnest(p_calls) WITH ORDINALITY AS c
      JOIN transaction t ON t.organization_id = p_organizations[c.organization] AND t.scope = 'charge'
        AND t.idempotency_key = c.idempotency_key
      WHERE c.kind = 'charge'
      UNION ALL
      SELECT
        c.ordinality,
        ledger.gate_answer(
          outcome => CASE WHEN d.request_hash = c.request_hash THEN 'replay' ELSE 'reused' END,
          answer_id => (d.answer ->> 'id')::uuid,
          available => (d.answer ->> 'available')::bigint
        )
      FROM unnest(p_calls) WITH ORDINALITY AS c
      JOIN idempotency_record d ON d.organization_id = p_organizations[c.organization] AND d.scope = 'charge'
        AND d.idempotency_key = c.idempotency_key
      WHERE c.kind = 'charge';
  END IF;

  IF p_ended THEN
    RETURN QUERY
      SELECT
        c.ordinality,
        ledger.gate_answer(
          outcome => CASE
            WHEN h.end_key <> c.idempotency_key OR h.end_key IS NULL THEN 'ended'
            WHEN h.end_hash = c.request_hash AND c.kind = 'settle' AND h.state = 'settled' THEN 'replay'
            WHEN h.end_hash = c.request_hash AND c.kind = 'release' AND h.state = 'released' THEN 'replay'
            ELSE 'reused'
          END,
          answer_id => h.id,
          amount => h.cost,
          amount_plan => h.cost_plan,
          released => greatest(0, h.ceiling - h.cost),
          waived => h.waived,
          available => h.end_available,
          seq => h.transaction_seq,
          detail => h.state
        )
      FROM unnest(p_calls) WITH ORDINALITY AS c
      JOIN hold h ON h.organization_id = p_organizations[c.organization] AND h.id = c.id AND h.state <> 'open'
      WHERE c.kind IN ('settle', 'release');
  END IF;

  IF 'settle' = ANY (p_kinds) THEN
    -- The key settled another hold at no cost. Where that one cost something, its transaction's key refuses this one.
    RETURN QUERY
      SELECT c.ordinality, ledger.gate_answer(outcome => 'reused', answer_id => c.id)
      FROM unnest(p_calls) WITH ORDINALITY AS c
      JOIN idempotency_record d ON d.organization_id = p_organizations[c.organization] AND d.scope = 'settle'
        AND d.idempotency_key = c.idempotency_key AND d.answer ->> 'id' <> c.id::text
      WHERE c.kind = 'settle' AND c.idempotency_key NOT LIKE ' %';
  END IF;
END
$$;
