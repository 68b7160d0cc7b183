-- Ends holds past their expiry: all their credit returns, in one transaction for each run of at most `p_most` holds.
-- The watermark (job_state `expire_holds`) limits the scan to new rows: no expiry is set in the past, and no batch is
-- open for longer than the minute by which the mark stays behind. With an organization, it reads only that one's holds
-- and does not move the mark (tests and simulations have a time of their own). Returns how many it ended.
CREATE OR REPLACE FUNCTION ledger.expire_holds(p_most integer, p_now timestamptz, p_organization_id uuid DEFAULT NULL)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_now timestamptz := date_trunc('milliseconds', coalesce(p_now, clock_timestamp()));
  v_from timestamptz;
  v_seen integer;
  v_last timestamptz;
  v_until timestamptz;
  v_ended integer := 0;
  v_owing record;
  v_hold record;
BEGIN
  INSERT INTO job_state (name, until) VALUES ('expire_holds', 'epoch') ON CONFLICT DO NOTHING;
  SELECT until INTO v_from FROM job_state WHERE name = 'expire_holds' FOR UPDATE;
  CREATE TEMP TABLE IF NOT EXISTS due_hold (organization_id uuid, id uuid, expires_at timestamptz) ON COMMIT DROP;
  TRUNCATE due_hold;
  INSERT INTO due_hold
    SELECT h.organization_id, h.id, h.expires_at
    FROM hold h
    WHERE h.expires_at > CASE WHEN p_organization_id IS NULL THEN v_from ELSE '-infinity' END
      AND h.expires_at <= v_now
      AND h.state = 'open'
      AND (p_organization_id IS NULL OR h.organization_id = p_organization_id)
    ORDER BY h.expires_at
    LIMIT p_most;
  GET DIAGNOSTICS v_seen = ROW_COUNT;
  PERFORM 1 FROM balance b WHERE b.organization_id IN (SELECT organization_id FROM due_hold)
    ORDER BY b.organization_id FOR UPDATE;
  FOR v_hold IN
    UPDATE hold h SET
        state = 'expired',
        ended_at = greatest(v_now, b.posted_at),
        cost = 0,
        cost_plan = 0,
        waived = 0
      FROM due_hold d
      JOIN balance b ON b.organization_id = d.organization_id
      WHERE h.organization_id = d.organization_id AND h.id = d.id AND h.state = 'open' AND h.expires_at <= v_now
      RETURNING h.organization_id, h.id, h.key_id, h.member_id, h.opened_on, h.ceiling, h.ceiling_plan, h.payg_cycle,
        h.grant_ids, h.grant_amounts
  LOOP
    UPDATE "grant" g SET
        held = g.held - part.amount,
        live = g.remaining > 0
      FROM unnest(v_hold.grant_ids, v_hold.grant_amounts) AS part (id, amount)
      WHERE g.organization_id = v_hold.organization_id AND g.id = part.id;
    IF v_hold.key_id IS NOT NULL THEN
      PERFORM ledger.move_key_usage(v_hold.organization_id, v_hold.key_id, v_hold.member_id, v_hold.opened_on,
        -v_hold.ceiling, 0);
    END IF;
    UPDATE subscription SET payg_held = payg_held - (v_hold.ceiling - v_hold.ceiling_plan)
      WHERE organization_id = v_hold.organization_id AND status = 'active' AND cycle = v_hold.payg_cycle;
    v_ended := v_ended + 1;
  END LOOP;
  FOR v_owing IN
    SELECT b.organization_id, b.posted_at
    FROM balance b
    WHERE b.debt > 0 AND b.organization_id IN (SELECT organization_id FROM due_hold)
  LOOP
    PERFORM ledger.pay_debt(v_owing.organization_id, greatest(v_now, v_owing.posted_at));
  END LOOP;
  IF p_organization_id IS NULL THEN
    SELECT max(expires_at) INTO v_last FROM due_hold;
    v_until := CASE WHEN v_seen = p_most THEN least(v_now, v_last - interval '1 ms') ELSE v_now END;
    UPDATE job_state SET until = greatest(until, v_until - interval '1 minute') WHERE name = 'expire_holds';
  END IF;
  RETURN v_ended;
END
$$;

-- Moves an open hold's expiry to `p_seconds` from now, at most `p_longest` seconds after it was opened. With a key, the
-- same request always gets the same answer, even after the hold has ended.
-- Errors: P0002 no such hold, TG409 it has ended (its state in the detail), TG422 the key has another request.
CREATE OR REPLACE FUNCTION ledger.extend(
  p_organization_id uuid,
  p_id uuid,
  p_seconds integer,
  p_longest integer,
  p_idempotency_key text,
  p_request_hash uuid,
  p_now timestamptz
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_now timestamptz := ledger.lock_balance(p_organization_id, p_now);
  v_known idempotency_record;
  v_hold hold;
  v_expires_at timestamptz;
  v_at bigint;
BEGIN
  SELECT * INTO v_known
    FROM idempotency_record r
    WHERE r.organization_id = p_organization_id AND r.scope = 'extend' AND r.idempotency_key = p_idempotency_key;
  IF v_known.request_hash <> p_request_hash THEN
    RAISE EXCEPTION 'the idempotency key was used with another request' USING ERRCODE = 'TG422';
  ELSIF v_known.request_hash IS NOT NULL THEN
    RETURN (v_known.answer ->> 'expiresAt')::bigint;
  END IF;
  IF p_seconds > p_longest THEN
    RAISE EXCEPTION 'a hold lives at most % seconds', p_longest USING ERRCODE = 'TG422';
  END IF;
  SELECT * INTO STRICT v_hold FROM hold WHERE organization_id = p_organization_id AND id = p_id;
  IF v_hold.state <> 'open' THEN
    RAISE EXCEPTION 'the hold has ended' USING ERRCODE = 'TG409', DETAIL = v_hold.state;
  END IF;
  v_expires_at := least(
    v_hold.opened_at + make_interval(secs => p_longest),
    v_now + make_interval(secs => p_seconds)
  );
  UPDATE hold SET expires_at = greatest(v_hold.expires_at, v_expires_at)
    WHERE organization_id = p_organization_id AND id = p_id
    RETURNING (extract(epoch FROM expires_at) * 1000)::bigint INTO STRICT v_at;
  IF p_idempotency_key IS NOT NULL THEN
    INSERT INTO idempotency_record (organization_id, scope, idempotency_key, request_hash, answer, created_at)
      VALUES (p_organization_id, 'extend', p_idempotency_key, p_request_hash,
        jsonb_build_object('id', p_id, 'expiresAt', v_at), v_now);
  END IF;
  RETURN v_at;
END
$$;
