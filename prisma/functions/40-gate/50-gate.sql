-- The steps after a batch is written: returned credit pays debt before anything else, and prepaid credit below its
-- threshold queues an automatic top-up.
CREATE OR REPLACE FUNCTION ledger.gate_follow_up(p_organizations ledger.gate_organization[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_organization ledger.gate_organization;
  v_credit ledger.gate_credit;
BEGIN
  FOREACH v_organization IN ARRAY p_organizations LOOP
    CONTINUE WHEN v_organization.state <> 'active';
    v_credit := v_organization.credit;
    IF v_credit.debt > 0 AND v_credit.plan + v_credit.prepaid > 0 THEN
      PERFORM ledger.pay_debt(v_organization.id, v_organization.at);
    END IF;
    IF v_credit.prepaid - v_credit.debt < v_organization.top_up_below THEN
      PERFORM ledger.prepaid_changed(v_organization.id, v_organization.at, 'lowered');
    END IF;
  END LOOP;
END
$$;

-- The gate: decides a batch of calls of many organizations and writes all their rows, in one transaction. It decides
-- calls in their order. It refuses a call that does not fit, and still accepts a later call that fits.
-- `p_organizations` is distinct and ascending, which is the order of the locks; the calls of one organization follow
-- each other. A hold may appear once in a batch. Returns one row per call, in their order; `ledger.gate_decision` lists
-- the outcomes. Plans are made while tables are small, so a row read must cost much: else the whole index is walked for
-- each batch.
CREATE OR REPLACE FUNCTION ledger.gate(
  p_now timestamptz,
  p_skip_locked boolean,
  p_organizations uuid[],
  p_keys uuid[],
  p_key_organizations integer[],
  p_secrets uuid[],
  p_rollup_tags text[],
  p_calls ledger.gate_call[]
) RETURNS TABLE (
  outcome text,
  id uuid,
  amount bigint,
  amount_plan bigint,
  released bigint,
  waived bigint,
  available bigint,
  expires_at bigint,
  transaction_seq bigint,
  detail text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET cpu_tuple_cost = 1 SET cpu_index_tuple_cost = 1 SET random_page_cost = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
  v_now timestamptz;
  v_locked boolean[];
  v_organizations ledger.gate_organization[];
  v_organization ledger.gate_organization;
  v_keys ledger.gate_key[];
  v_holds ledger.gate_hold[];
  v_decisions ledger.gate_decision[];
  v_moves ledger.gate_move[];
  v_kinds text[];
  v_ends integer;
  v_replay record;
  v_advanced boolean := false;
BEGIN
  v_locked := ledger.gate_lock(p_organizations, p_skip_locked);
  v_now := date_trunc('milliseconds', coalesce(p_now, clock_timestamp()));
  v_organizations := ledger.gate_organizations(p_organizations, v_locked, v_now);
  FOREACH v_organization IN ARRAY v_organizations LOOP
    IF v_organization.due AND v_organization.state = 'active' THEN
      PERFORM ledger.advance(v_organization.id, p_now);
      v_advanced := true;
    END IF;
  END LOOP;
  IF v_advanced THEN
    v_organizations := ledger.gate_organizations(p_organizations, v_locked, v_now);
  END IF;
  v_keys := ledger.gate_keys(p_keys, p_key_organizations, v_organizations, v_now);

  v_kinds := ARRAY(SELECT c.kind FROM unnest(p_calls) AS c);
  v_ends := cardinality(array_positions(v_kinds, 'settle')) + cardinality(array_positions(v_kinds, 'release'));
  IF v_ends > 0 THEN
    v_holds := ledger.gate_holds(p_organizations, p_calls);
  END IF;
  v_decisions := array_fill(NULL::ledger.gate_decision, ARRAY[cardinality(p_calls)]);
  -- A hold that is open did not end before; ends are looked up only when a hold was not found open.
  FOR v_replay IN
    SELECT * FROM ledger.gate_replays(p_organizations, p_calls, v_kinds, v_ends > coalesce(cardinality(v_holds), 0))
  LOOP
    v_decisions[v_replay.call] := v_replay.answer;
  END LOOP;

  SELECT * INTO v_decisions, v_organizations, v_keys, v_moves
    FROM ledger.gate_decide(p_calls, v_holds, ledger.gate_secrets(p_secrets), v_decisions, v_organizations, v_keys);

  PERFORM ledger.gate_write(v_kinds, p_calls, v_decisions, v_organizations, v_keys, v_moves, p_rollup_tags);
  PERFORM ledger.gate_follow_up(v_organizations);

  RETURN QUERY SELECT
    u.outcome, coalesce(u.answer_id, u.id), coalesce(u.amount, 0), coalesce(u.amount_plan, 0), coalesce(u.released, 0),
    coalesce(u.waived, 0), coalesce(u.available, 0), coalesce(u.hold_expires_at, 0), coalesce(u.seq, 0), u.detail
  FROM unnest(p_calls, v_decisions) AS u;
END
$$;
