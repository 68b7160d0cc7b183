-- Returns a call's credit, whole or in part, to its grants, the grant that was used last first. Debt is paid before
-- them. The share of an expired grant becomes an adjustment grant until the end of the running cycle. Appends the
-- negative event. `p_amount` null is all that is left. Errors: P0002 no such call; TG409 nothing is left to return;
-- TG422 more than is left (the rest in the detail), or the key was used with another request.
CREATE OR REPLACE FUNCTION ledger.refund(
  p_organization_id uuid,
  p_event_id uuid,
  p_amount bigint,
  p_reason text,
  p_idempotency_key text,
  p_request_hash uuid,
  p_rollup_tags text[],
  p_now timestamptz,
  OUT seq bigint,
  OUT refunded bigint,
  OUT refunded_plan bigint,
  OUT available bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_old transaction;
  v_event usage_event;
  v_id uuid := ledger.uuid7(v_at);
  v_skip bigint;
  v_left bigint;
  v_debt bigint;
  v_part record;
  v_grant "grant";
  v_take bigint;
  v_lost bigint := 0;
  v_expires_at timestamptz;
  v_whole boolean;
  v_grant_ids uuid[] := '{}';
  v_accounts text[] := '{}';
  v_amounts bigint[] := '{}';
BEGIN
  SELECT * INTO v_old
    FROM transaction t
    WHERE t.organization_id = p_organization_id AND t.scope = 'refund' AND t.idempotency_key = p_idempotency_key;
  IF FOUND THEN
    IF v_old.request_hash <> p_request_hash THEN
      RAISE EXCEPTION 'the idempotency key was used with another request' USING ERRCODE = 'TG422';
    END IF;
    seq := v_old.seq;
    refunded := v_old.amount;
    refunded_plan := v_old.amount_plan;
    available := v_old.available_after;
    RETURN;
  END IF;
  SELECT * INTO STRICT v_event
    FROM usage_event e
    WHERE e.organization_id = p_organization_id AND e.id = p_event_id AND e.reverses IS NULL;
  SELECT coalesce(sum(t.amount), 0) INTO v_skip
    FROM transaction t
    WHERE t.organization_id = p_organization_id AND t.reverses_seq = v_event.transaction_seq AND t.type = 'refund';
  v_left := v_event.cost - v_skip;
  IF v_left = 0 THEN
    RAISE EXCEPTION 'nothing of this call is left to give back' USING ERRCODE = 'TG409';
  ELSIF p_amount > v_left THEN
    RAISE EXCEPTION 'more than what is left of this call' USING ERRCODE = 'TG422', DETAIL = v_left;
  END IF;
  v_whole := p_amount IS NULL OR p_amount = v_left;
  refunded := coalesce(p_amount, v_left);
  refunded_plan := 0;
  v_left := refunded;
  SELECT least(b.debt, refunded) INTO v_debt FROM balance b WHERE b.organization_id = p_organization_id;
  IF v_debt > 0 THEN
    UPDATE balance b SET debt = b.debt - v_debt WHERE b.organization_id = p_organization_id;
    v_accounts := ARRAY['debt'];
    v_grant_ids := ARRAY[NULL]::uuid[];
    v_amounts := ARRAY[v_debt];
    v_skip := v_skip + v_debt;
    v_left := v_left - v_debt;
  END IF;
  FOR v_part IN
    SELECT e.grant_id, -e.amount AS amount
    FROM entry e
    WHERE e.organization_id = p_organization_id
      AND e.transaction_seq = v_event.transaction_seq
      AND e.account IN ('grant', 'debt')
    ORDER BY e.line DESC
  LOOP
    v_take := least(v_left, greatest(0, v_part.amount - v_skip));
    v_skip := greatest(0, v_skip - v_part.amount);
    CONTINUE WHEN v_take = 0;
    v_left := v_left - v_take;
    SELECT * INTO v_grant FROM "grant" g WHERE g.organization_id = p_organization_id AND g.id = v_part.grant_id;
    IF v_part.grant_id IS NULL OR v_grant.expires_at <= v_at THEN
      v_lost := v_lost + v_take;
    ELSE
      UPDATE "grant" g SET remaining = g.remaining + v_take, live = true
        WHERE g.organization_id = p_organization_id AND g.id = v_part.grant_id;
      v_accounts := v_accounts || 'grant'::text;
      v_grant_ids := v_grant_ids || v_part.grant_id;
      v_amounts := v_amounts || v_take;
      IF v_grant.kind = 'plan' THEN
        refunded_plan := refunded_plan + v_take;
      END IF;
    END IF;
  END LOOP;
  IF v_lost > 0 THEN
    SELECT s.cycle_end INTO v_expires_at
      FROM subscription s
      WHERE s.organization_id = p_organization_id AND s.status = 'active' AND s.cycle_end > v_at;
    v_expires_at := coalesce(v_expires_at, v_at + interval '1 month');
    INSERT INTO "grant" (organization_id, id, kind, amount, remaining, expires_at, source, reference, created_at)
      VALUES (p_organization_id, v_id, 'adjustment', v_lost, v_lost, v_expires_at, 'refund', p_event_id, v_at);
    v_accounts := v_accounts || 'grant'::text;
    v_grant_ids := v_grant_ids || v_id;
    v_amounts := v_amounts || v_lost;
  END IF;
  v_accounts := v_accounts || 'usage'::text;
  v_grant_ids := v_grant_ids || NULL::uuid;
  v_amounts := v_amounts || -refunded;
  seq := ledger.post(p_organization_id, 'refund', refunded, refunded_plan, 'refund', p_idempotency_key, p_request_hash,
    v_at, v_accounts, v_grant_ids, v_amounts, p_reason, v_id, v_event.key_id, v_event.resource_type,
    v_event.resource_id, v_event.transaction_seq);
  SELECT t.available_after INTO STRICT available
    FROM transaction t
    WHERE t.organization_id = p_organization_id AND t.seq = refund.seq;
  PERFORM ledger.reverse_event(v_event, v_id, v_at, refunded, refunded_plan, v_whole, seq, p_rollup_tags);
END
$$;

-- Adds one event to the sums by quarter of an hour, to those by the tags that the catalogue sums by, and to the totals
-- of its other tags.
CREATE OR REPLACE FUNCTION ledger.sum_event(p_event ledger.usage_event, p_rollup_tags text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_bucket timestamptz := date_bin('15 minutes', p_event.occurred_at, 'epoch');
BEGIN
  INSERT INTO usage_rollup AS w (
      organization_id, bucket, endpoint, model, key_id, member_id, requests, quantities, cost
    )
    VALUES (
      p_event.organization_id, v_bucket, p_event.endpoint, p_event.model, coalesce(p_event.key_id, ledger.nobody()),
      coalesce(p_event.member_id, ledger.nobody()), p_event.requests, p_event.quantities, p_event.cost
    )
    ON CONFLICT (organization_id, bucket, endpoint, model, key_id, member_id) DO UPDATE SET
      requests = w.requests + excluded.requests,
      cost = w.cost + excluded.cost,
      quantities = ledger.add_quantities(w.quantities, excluded.quantities);

  INSERT INTO usage_tag_rollup AS w (
      organization_id, tag, bucket, value, endpoint, model, key_id, member_id, requests, quantities, cost
    )
    SELECT
      p_event.organization_id, tag.key, v_bucket, tag.value, p_event.endpoint, p_event.model,
      coalesce(p_event.key_id, ledger.nobody()), coalesce(p_event.member_id, ledger.nobody()), p_event.requests,
      p_event.quantities, p_event.cost
    FROM jsonb_each_text(p_event.tags) AS tag
    WHERE tag.key = ANY (p_rollup_tags)
    ON CONFLICT (organization_id, tag, bucket, value, endpoint, model, key_id, member_id) DO UPDATE SET
      requests = w.requests + excluded.requests,
      cost = w.cost + excluded.cost,
      quantities = ledger.add_quantities(w.quantities, excluded.quantities);
  PERFORM ledger.tag_event(p_event, p_rollup_tags);
END
$$;

-- The negative event of a refund, with its rollups, and the counters of the key and of PAYG in the window and the cycle
-- of the call. For a call of an earlier month, the refund lowers today's usage, because the log keeps months apart.
CREATE OR REPLACE FUNCTION ledger.reverse_event(
  p_event ledger.usage_event,
  p_id uuid,
  p_at timestamptz,
  p_amount bigint,
  p_amount_plan bigint,
  p_whole boolean,
  p_seq bigint,
  p_rollup_tags text[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_occurred_at timestamptz := p_event.occurred_at;
  v_quantities bigint[] := '{}';
  v_requests smallint := 0;
  v_reversal usage_event;
  v_hold hold;
  v_day date;
BEGIN
  IF p_event.occurred_at <= p_at - interval '35 days' THEN
    v_occurred_at := p_at;
  END IF;
  IF p_whole THEN
    v_quantities := ARRAY(
      SELECT -u.quantity
      FROM unnest(p_event.quantities) WITH ORDINALITY AS u (quantity, slot)
      ORDER BY u.slot
    );
    v_requests := -1;
  END IF;
  INSERT INTO usage_event (
      organization_id, id, occurred_at, posted_at, key_id, member_id, endpoint, model, quantities, options, tags,
      resource_type, resource_id, catalogue_version, discount_percent, cost, cost_plan, requests, transaction_seq,
      reverses, hold_id
    )
    VALUES (
      p_event.organization_id, p_id, v_occurred_at, p_at, p_event.key_id, p_event.member_id, p_event.endpoint,
      p_event.model, v_quantities, p_event.options, p_event.tags, p_event.resource_type, p_event.resource_id,
      p_event.catalogue_version, p_event.discount_percent, -p_amount, -p_amount_plan, v_requests, p_seq, p_event.id,
      p_event.hold_id
    )
    RETURNING * INTO v_reversal;
  PERFORM ledger.sum_event(v_reversal, p_rollup_tags);
  SELECT * INTO v_hold
    FROM hold h
    WHERE h.organization_id = p_event.organization_id AND h.id = coalesce(p_event.hold_id, p_event.id);
  IF p_event.key_id IS NOT NULL THEN
    SELECT coalesce(v_hold.opened_on, (p_event.posted_at AT TIME ZONE o.time_zone)::date) INTO STRICT v_day
      FROM organization o
      WHERE o.id = p_event.organization_id;
    PERFORM ledger.move_key_usage(p_event.organization_id, p_event.key_id, p_event.member_id, v_day, 0, -p_amount);
  END IF;
  UPDATE subscription s SET payg_spent = greatest(0, s.payg_spent - (p_amount - p_amount_plan))
    WHERE s.organization_id = p_event.organization_id
      AND s.status = 'active'
      AND CASE WHEN v_hold.id IS NULL THEN p_event.transaction_seq > s.opened_seq ELSE v_hold.payg_cycle = s.cycle END;
END
$$;
