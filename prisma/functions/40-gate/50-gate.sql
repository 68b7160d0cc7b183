-- The gate: decides a batch of calls of many organizations and writes all that follows from them, in one transaction.
-- Calls are decided in their order; one that does not fit is refused, a later one that fits is not. Amounts arrive
-- priced: `p_price` at the standard rate, `p_plan_price` when the plan pays, −1 when the call could not be priced (then
-- only a replay is answered). Kinds: h hold, c charge, s settle, r release. `p_organization` and `p_key` are places in
-- `p_organizations` (distinct, ascending) and `p_keys`; 0 is none. A hold may appear once in a batch.
-- Outcomes: ok, replay, reused, ended, not_found, busy, stale, unpriced, again, unauthenticated, key_restricted, refusals.
-- Plans are made while tables are small, so a row read must cost much: else the whole index is walked for each batch.
CREATE OR REPLACE FUNCTION ledger.gate(
  p_now timestamptz, p_skip_locked boolean, p_organizations uuid[], p_keys uuid[], p_key_organization integer[],
  p_secrets uuid[], p_rollup_tags text[], p_kind text[], p_organization integer[], p_key integer[], p_generation integer[],
  p_secret integer[], p_id uuid[], p_idempotency_key text[], p_request_hash uuid[], p_price bigint[], p_plan_price bigint[], p_version integer[],
  p_actual boolean[], p_expires_in integer[], p_endpoint text[], p_model text[], p_quantities text[], p_options jsonb[],
  p_tags jsonb[], p_resource_type text[], p_resource_id text[], p_fingerprint text[], p_occurred_at timestamptz[],
  p_catalogue_version integer[], p_discount integer[], p_limited jsonb[], p_usage text[]
) RETURNS TABLE (outcome text, id uuid, amount bigint, amount_plan bigint, released bigint, waived bigint,
  available bigint, expires_at bigint, transaction_seq bigint, detail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET cpu_tuple_cost = 1 SET cpu_index_tuple_cost = 1 SET random_page_cost = 1 SET jit = off AS $$
#variable_conflict use_column
DECLARE
  c_most CONSTANT bigint := 9223372036854775807; n CONSTANT integer := cardinality(p_kind);
  n_org CONSTANT integer := cardinality(p_organizations); n_key CONSTANT integer := cardinality(p_keys);
  -- Results, one per call.
  r_outcome text[]; r_id uuid[] := p_id; r_amount bigint[]; r_plan bigint[]; r_released bigint[]; r_waived bigint[];
  r_available bigint[]; r_expires bigint[]; r_seq bigint[]; r_detail text[]; r_balance bigint[];
  r_grants text[]; r_amounts text[]; r_payg integer[];
  -- Organizations. `o_seq` is -1 for an unknown one, -2 for a deleted one, whose keys have ended.
  o_at timestamptz[]; o_day date[]; o_seq bigint[]; o_debt bigint[]; o_locked boolean[]; o_version integer[];
  o_cycle integer[]; o_payg_room bigint[]; o_payg_spent bigint[]; o_payg_held bigint[]; o_plan bigint[];
  o_prepaid bigint[]; o_total bigint[]; o_from integer[]; o_to integer[]; o_top_up bigint[];
  -- Live grants in burn order, organization by organization.
  g_org integer[]; g_id uuid[]; g_free bigint[]; g_total bigint[]; g_plan boolean[]; g_dead boolean[]; g_due boolean;
  g_held bigint[]; g_spent bigint[]; n_grant integer;
  -- Keys, the members that own them, and whether those have limits.
  k_active boolean[]; k_newest integer[]; k_oldest integer[]; k_restricted boolean[]; k_room bigint[];
  k_owner uuid[]; k_limited boolean[]; k_unsure boolean[]; k_held bigint[]; k_spent bigint[]; s_active boolean[];
  -- Holds that are settled or released: one row per part, in the order of the calls.
  q_call integer[]; q_ceiling bigint[]; q_ceiling_plan bigint[]; q_opened date[]; q_cycle integer[]; q_member uuid[]; q_grant uuid[];
  q_amount bigint[]; q_at integer := 1; n_part integer; v_found integer;
  -- Credit taken: what each call burnt of which grant; no grant is debt.
  b_call integer[] := '{}'; b_line integer[] := '{}'; b_grant uuid[] := '{}'; b_amount bigint[] := '{}'; n_burnt integer := 0;
  -- Calls that end a hold of another day or of a former owner: the counters that it was opened in are moved one by one.
  x_call integer[] := '{}'; x_day date[] := '{}'; x_ceiling bigint[] := '{}'; x_member uuid[] := '{}';
  x_organization integer[] := '{}'; x_over bigint[] := '{}'; -- What was taken beyond the ceiling.
  i integer; o integer; k integer; g integer; v_row integer; v_line integer; v_kind text; v_plan bigint; v_rest bigint;
  v_total bigint; v_take bigint; v_need bigint; v_room bigint; v_ceiling bigint; v_ceiling_plan bigint; v_left bigint;
  v_now timestamptz; v_debt bigint; v_member bigint; v_unsure boolean; v_refusal text; v_grants text; v_amounts text; r record;
BEGIN
  -- Only locks: what is decided is read by later statements, which see what the locks waited for.
  IF p_skip_locked THEN
    o_locked := ARRAY(SELECT l.id IS NOT NULL FROM unnest(p_organizations) WITH ORDINALITY AS u (id, n) LEFT JOIN
      (SELECT b.organization_id AS id FROM balance b WHERE b.organization_id = ANY (p_organizations)
       ORDER BY b.organization_id FOR UPDATE SKIP LOCKED) AS l ON l.id = u.id ORDER BY u.n);
  ELSE
    PERFORM 1 FROM balance b WHERE b.organization_id = ANY (p_organizations) ORDER BY b.organization_id FOR UPDATE;
    o_locked := array_fill(true, ARRAY[n_org]);
  END IF;
  v_now := date_trunc('milliseconds', coalesce(p_now, clock_timestamp()));

  FOR v_pass IN 1..2 LOOP
    SELECT array_agg(q.n), array_agg(q.id), array_agg(CASE WHEN q.dead THEN 0 ELSE q.remaining - q.held END),
        array_agg(q.remaining), array_agg(q.plan), array_agg(q.dead), bool_or(q.dead AND q.remaining > q.held)
      INTO g_org, g_id, g_free, g_total, g_plan, g_dead, g_due
      FROM ledger.burn_order(p_organizations, v_now) AS q;
    SELECT array_agg(greatest(v_now, b.posted_at)), array_agg((greatest(v_now, b.posted_at) AT TIME ZONE t.time_zone)::date),
        array_agg(CASE WHEN t.deleted_at IS NULL THEN coalesce(b.seq, -1) ELSE -2 END), array_agg(coalesce(b.debt, 0)),
        array_agg(coalesce(s.version, 0)), array_agg(coalesce(s.cycle, 0)), array_agg(CASE WHEN s.version IS NULL THEN c_most
          WHEN s.payg_mode = 'toggle' AND (NOT s.payg_enabled OR s.payg_limit = 0) THEN -c_most
          WHEN s.payg_limit IS NULL THEN c_most ELSE s.payg_limit - s.payg_spent - s.payg_held END),
        coalesce(bool_or(s.cycle_end <= v_now AND (s.free OR s.cycle + 1 < s.paid_cycles)), false) OR coalesce(g_due, false), array_agg(b.top_up_below)
      INTO o_at, o_day, o_seq, o_debt, o_version, o_cycle, o_payg_room, g_due, o_top_up
      FROM (SELECT u.id, u.n FROM unnest(p_organizations) WITH ORDINALITY AS u (id, n) ORDER BY u.n) AS u
      LEFT JOIN balance b ON b.organization_id = u.id
      LEFT JOIN organization t ON t.id = u.id
      LEFT JOIN subscription s ON s.organization_id = u.id AND s.status = 'active';
    EXIT WHEN NOT g_due OR v_pass = 2;
    PERFORM ledger.advance(u.id, p_now) FROM unnest(p_organizations, o_locked) AS u (id, locked)
      JOIN balance b ON b.organization_id = u.id WHERE u.locked;
  END LOOP;

  n_grant := coalesce(cardinality(g_id), 0);
  o_plan := array_fill(0::bigint, ARRAY[n_org]); o_prepaid := o_plan; o_total := o_plan; o_payg_spent := o_plan;
  o_payg_held := o_plan; o_from := array_fill(1, ARRAY[n_org]); o_to := array_fill(0, ARRAY[n_org]);
  g_held := array_fill(0::bigint, ARRAY[n_grant]); g_spent := g_held;
  FOR g IN 1..n_grant LOOP
    o := g_org[g];
    IF o_to[o] = 0 THEN o_from[o] := g; END IF;
    o_to[o] := g;
    o_total[o] := o_total[o] + g_total[g];
    IF g_plan[g] THEN o_plan[o] := o_plan[o] + g_free[g]; ELSE o_prepaid[o] := o_prepaid[o] + g_free[g]; END IF;
  END LOOP;

  IF n_key > 0 THEN
    SELECT * INTO k_active, k_newest, k_oldest, k_restricted, k_room, k_owner, k_limited
      FROM ledger.gate_keys(p_organizations, p_keys, p_key_organization, o_day, v_now);
    k_held := array_fill(0::bigint, ARRAY[n_key]); k_spent := k_held; k_unsure := array_fill(false, ARRAY[n_key]);
  END IF;
  s_active := ARRAY(SELECT coalesce(s.revoked_at IS NULL AND s.id IS NOT NULL, false)
    FROM unnest(p_secrets) WITH ORDINALITY AS u (id, n) LEFT JOIN gateway_secret s ON s.id = u.id ORDER BY u.n);

  r_outcome := array_fill(NULL::text, ARRAY[n]); r_detail := r_outcome; r_grants := r_outcome; r_amounts := r_outcome;
  r_amount := array_fill(0::bigint, ARRAY[n]); r_plan := r_amount; r_released := r_amount; r_waived := r_amount;
  r_available := r_amount; r_expires := r_amount; r_seq := r_amount; r_balance := r_amount;
  r_payg := array_fill(NULL::integer, ARRAY[n]);

  SELECT array_agg(q.n), array_agg(q.ceiling), array_agg(q.ceiling_plan), array_agg(q.opened_on), array_agg(q.payg_cycle),
      array_agg(q.member_id), array_agg(q.grant_id), array_agg(q.part), count(DISTINCT q.n)
    INTO q_call, q_ceiling, q_ceiling_plan, q_opened, q_cycle, q_member, q_grant, q_amount, v_found
    FROM (SELECT u.n::integer AS n, h.ceiling, h.ceiling_plan, h.opened_on, h.payg_cycle,
        coalesce(h.member_id, ledger.nobody()) AS member_id, p.grant_id, p.part
      FROM unnest(p_kind, p_organization, p_id) WITH ORDINALITY AS u (kind, o, id, n)
      JOIN hold h ON h.organization_id = p_organizations[u.o] AND h.id = u.id AND h.state = 'open'
      LEFT JOIN LATERAL unnest(h.grant_ids, h.grant_amounts) WITH ORDINALITY AS p (grant_id, part, place) ON true
      WHERE u.kind IN ('s', 'r') ORDER BY u.n, p.place) AS q;
  n_part := coalesce(cardinality(q_call), 0);

  -- A hold that is open was not ended before; only when one was not found open are ends looked up.
  FOR r IN SELECT * FROM ledger.gate_replays(p_organizations, p_kind, p_organization, p_id, p_idempotency_key,
      p_request_hash, v_found < cardinality(array_positions(p_kind, 's')) + cardinality(array_positions(p_kind, 'r'))) LOOP
    i := r.call; r_outcome[i] := r.outcome; r_id[i] := r.id; r_amount[i] := r.amount; r_plan[i] := r.amount_plan;
    r_released[i] := r.released; r_waived[i] := r.waived; r_available[i] := r.available; r_expires[i] := r.expires_at;
    r_seq[i] := r.transaction_seq; r_detail[i] := r.detail;
  END LOOP;

  FOR i IN 1..n LOOP
    CONTINUE WHEN r_outcome[i] IS NOT NULL;
    o := p_organization[i]; k := p_key[i]; v_kind := p_kind[i]; v_line := 0; v_debt := 0;
    IF o_seq[o] < 0 THEN r_outcome[i] := CASE WHEN o_seq[o] < -1 AND k > 0 THEN 'unauthenticated' ELSE 'not_found' END; CONTINUE; END IF;
    IF NOT o_locked[o] THEN r_outcome[i] := 'busy'; CONTINUE; END IF;
    IF p_secret[i] > 0 AND NOT s_active[p_secret[i]] THEN r_outcome[i] := 'unauthenticated'; CONTINUE; END IF;

    IF v_kind IN ('h', 'c') THEN
      -- Generation 0 is a key that was named by its id, and not by what a rotation replaces.
      IF k > 0 AND (NOT k_active[k] OR p_generation[i] > 0 AND p_generation[i] NOT BETWEEN k_oldest[k] AND k_newest[k])
        THEN r_outcome[i] := 'unauthenticated'; CONTINUE; END IF;
      IF p_price[i] < 0 THEN r_outcome[i] := 'unpriced'; CONTINUE; END IF;
      IF k > 0 AND k_restricted[k] AND NOT ledger.key_allows(p_organizations[o], p_keys[k], p_endpoint[i], p_model[i])
        THEN r_outcome[i] := 'key_restricted'; CONTINUE; END IF;
      IF p_version[i] <> o_version[o] THEN r_outcome[i] := 'stale'; CONTINUE; END IF;
      -- Debt is owed out of whatever is free, the plan's credit first.
      v_plan := least(greatest(0, o_plan[o] - o_debt[o]), p_plan_price[i]);
      v_rest := ledger.rest_of_price(p_price[i], p_plan_price[i], v_plan);
      v_total := v_plan + v_rest;
      v_refusal := NULL; v_member := NULL;
      IF k > 0 AND k_limited[k] THEN
        SELECT * INTO v_member, v_unsure FROM ledger.member_room_now(p_organizations[o], k_owner[k], o_day[o], o,
          p_key_organization, k_owner, k_held, k_spent, x_organization, x_member, x_over);
      END IF;
      IF k > 0 AND v_total > 0 AND v_total > k_room[k] THEN
        v_refusal := CASE WHEN k_unsure[k] THEN 'again' ELSE 'key_limit_exceeded' END;
        r_detail[i] := ledger.tightest_window(p_organizations[o], p_keys[k], o_day[o]);
      ELSIF v_total > 0 AND v_total > v_member THEN
        v_refusal := CASE WHEN v_unsure THEN 'again' ELSE 'member_limit_exceeded' END;
      ELSIF p_limited[i] IS NOT NULL AND NOT ledger.tags_fit(p_organizations[o], p_limited[i]) THEN
        v_refusal := 'plan_limit_reached'; r_detail[i] := ledger.full_tag(p_organizations[o], p_limited[i]);
      ELSIF v_rest > 0 AND o_payg_room[o] = -c_most THEN
        v_refusal := 'payg_disabled';
      ELSIF v_rest > 0 AND v_rest > o_payg_room[o] THEN
        v_refusal := 'payg_limit_reached';
      ELSIF v_rest > 0 AND v_rest > o_prepaid[o] - greatest(0, o_debt[o] - o_plan[o]) THEN
        v_refusal := 'insufficient';
      END IF;
      IF v_refusal IS NOT NULL THEN
        r_outcome[i] := v_refusal; r_amount[i] := v_total; r_available[i] := o_plan[o] + o_prepaid[o] - o_debt[o];
        CONTINUE;
      END IF;
      IF p_limited[i] IS NOT NULL THEN PERFORM ledger.register_tags(p_organizations[o], p_limited[i], o_at[o]); END IF;
      o_plan[o] := o_plan[o] - v_plan; o_prepaid[o] := o_prepaid[o] - v_rest;
      v_need := v_rest; v_left := v_plan; v_grants := ''; v_amounts := '';
      g := o_from[o];
      WHILE v_left + v_need > 0 LOOP
        v_take := least(g_free[g], CASE WHEN g_plan[g] THEN v_left ELSE v_need END);
        IF v_take > 0 THEN
          g_free[g] := g_free[g] - v_take;
          IF g_plan[g] THEN v_left := v_left - v_take; ELSE v_need := v_need - v_take; END IF;
          IF v_kind = 'h' THEN
            g_held[g] := g_held[g] + v_take;
            v_grants := v_grants || ',' || g_id[g]; v_amounts := v_amounts || ',' || v_take;
          ELSE
            g_spent[g] := g_spent[g] + v_take;
            n_burnt := n_burnt + 1; v_line := v_line + 1;
            b_call[n_burnt] := i; b_line[n_burnt] := v_line; b_grant[n_burnt] := g_id[g]; b_amount[n_burnt] := v_take;
          END IF;
        END IF;
        g := g + 1;
      END LOOP;
      IF v_kind = 'h' THEN
        r_grants[i] := '{' || substr(v_grants, 2) || '}'; r_amounts[i] := '{' || substr(v_amounts, 2) || '}';
        r_expires[i] := (extract(epoch FROM o_at[o]) * 1000)::bigint + p_expires_in[i] * 1000::bigint;
        o_payg_held[o] := o_payg_held[o] + v_rest;
        IF k > 0 THEN k_held[k] := k_held[k] + v_total; END IF;
      ELSE
        o_payg_spent[o] := o_payg_spent[o] + v_rest;
        IF k > 0 THEN k_spent[k] := k_spent[k] + v_total; END IF;
      END IF;
      IF k > 0 AND k_room[k] < c_most THEN k_room[k] := k_room[k] - v_total; END IF;
      IF o_payg_room[o] BETWEEN 1 - c_most AND c_most - 1 THEN o_payg_room[o] := o_payg_room[o] - v_rest; END IF;
      IF o_version[o] > 0 THEN r_payg[i] := o_cycle[o]; END IF;
      r_amount[i] := v_total; r_plan[i] := v_plan;

    ELSE
      WHILE q_at <= n_part AND q_call[q_at] < i LOOP q_at := q_at + 1; END LOOP;
      IF q_at > n_part OR q_call[q_at] > i THEN r_outcome[i] := 'not_found'; CONTINUE; END IF;
      IF v_kind = 's' AND p_price[i] < 0 THEN r_outcome[i] := 'unpriced'; CONTINUE; END IF;
      v_row := q_at; v_ceiling := q_ceiling[q_at]; v_ceiling_plan := q_ceiling_plan[q_at];
      v_plan := 0; v_rest := 0; v_total := 0;
      IF v_kind = 's' THEN
        v_plan := least(v_ceiling_plan, p_plan_price[i]);
        v_rest := ledger.rest_of_price(p_price[i], p_plan_price[i], v_plan);
        v_total := v_plan + v_rest;
        v_rest := least(v_rest, v_ceiling - v_ceiling_plan);
      END IF;
      -- Back to the hold's own grants: what is not used is free again, unless the grant has expired meanwhile.
      v_left := v_plan; v_need := v_rest;
      WHILE q_at <= n_part AND q_call[q_at] = i AND q_grant[q_at] IS NOT NULL LOOP
        g := o_from[o];
        WHILE g_id[g] <> q_grant[q_at] LOOP g := g + 1; END LOOP;
        v_take := least(q_amount[q_at], CASE WHEN g_plan[g] THEN v_left ELSE v_need END);
        g_held[g] := g_held[g] - q_amount[q_at];
        g_spent[g] := g_spent[g] + v_take;
        IF g_plan[g] THEN v_left := v_left - v_take; ELSE v_need := v_need - v_take; END IF;
        IF NOT g_dead[g] THEN
          v_room := q_amount[q_at] - v_take;
          g_free[g] := g_free[g] + v_room;
          IF g_plan[g] THEN o_plan[o] := o_plan[o] + v_room; ELSE o_prepaid[o] := o_prepaid[o] + v_room; END IF;
        END IF;
        IF v_take > 0 THEN
          n_burnt := n_burnt + 1; v_line := v_line + 1;
          b_call[n_burnt] := i; b_line[n_burnt] := v_line; b_grant[n_burnt] := g_id[g]; b_amount[n_burnt] := v_take;
        END IF;
        q_at := q_at + 1;
      END LOOP;
      -- Beyond the ceiling, where the catalogue settles what was used: from what is available, then as debt, never
      -- past a limit of the key, its owner then or the cycle. The whole ceiling is used then, so nothing of it makes room.
      IF p_actual[i] AND v_total > v_plan + v_rest THEN
        SELECT room INTO v_member FROM ledger.member_room_now(p_organizations[o], q_member[v_row], o_day[o], o,
          p_key_organization, k_owner, k_held, k_spent, x_organization, x_member, x_over);
        v_room := greatest(0, least(v_total - v_plan - v_rest, v_member, CASE WHEN k > 0 THEN k_room[k] END));
        v_left := least(v_room, o_plan[o]);
        v_need := least(v_room - v_left, greatest(0, o_payg_room[o]));
        v_plan := v_plan + v_left; v_rest := v_rest + v_need;
        o_plan[o] := o_plan[o] - v_left;
        g := o_from[o];
        WHILE v_left + v_need > 0 AND g <= o_to[o] LOOP
          v_take := least(g_free[g], CASE WHEN g_plan[g] THEN v_left ELSE v_need END);
          IF v_take > 0 THEN
            g_free[g] := g_free[g] - v_take; g_spent[g] := g_spent[g] + v_take;
            IF g_plan[g] THEN v_left := v_left - v_take;
            ELSE v_need := v_need - v_take; o_prepaid[o] := o_prepaid[o] - v_take; END IF;
            n_burnt := n_burnt + 1; v_line := v_line + 1;
            b_call[n_burnt] := i; b_line[n_burnt] := v_line; b_grant[n_burnt] := g_id[g]; b_amount[n_burnt] := v_take;
          END IF;
          g := g + 1;
        END LOOP;
        IF v_need > 0 THEN
          v_debt := v_need; o_debt[o] := o_debt[o] + v_debt; n_burnt := n_burnt + 1; v_line := v_line + 1;
          b_call[n_burnt] := i; b_line[n_burnt] := v_line; b_grant[n_burnt] := NULL; b_amount[n_burnt] := v_debt;
        END IF;
      END IF;
      r_amount[i] := v_plan + v_rest; r_plan[i] := v_plan; r_waived[i] := v_total - r_amount[i];
      r_released[i] := greatest(0, v_ceiling - r_amount[i]);
      IF k > 0 AND q_opened[v_row] = o_day[o] AND q_member[v_row] = k_owner[k] THEN
        k_held[k] := k_held[k] - v_ceiling; k_spent[k] := k_spent[k] + r_amount[i];
        IF k_room[k] < c_most THEN k_room[k] := k_room[k] + v_ceiling - r_amount[i]; END IF;
      ELSIF k > 0 THEN
        x_call := x_call || i; x_day := x_day || q_opened[v_row]; x_ceiling := x_ceiling || v_ceiling;
        x_member := x_member || q_member[v_row]; x_organization := x_organization || o;
        x_over := x_over || greatest(0, r_amount[i] - v_ceiling); k_unsure[k] := true;
        IF k_room[k] < c_most THEN k_room[k] := k_room[k] - greatest(0, r_amount[i] - v_ceiling); END IF;
      END IF;
      IF o_version[o] > 0 AND q_cycle[v_row] = o_cycle[o] THEN
        o_payg_held[o] := o_payg_held[o] - (v_ceiling - v_ceiling_plan); o_payg_spent[o] := o_payg_spent[o] + v_rest;
        IF o_payg_room[o] BETWEEN 1 - c_most AND c_most - 1 THEN
          o_payg_room[o] := o_payg_room[o] + v_ceiling - v_ceiling_plan - v_rest;
        END IF;
      END IF;
    END IF;

    r_outcome[i] := 'ok';
    IF v_kind <> 'h' AND r_amount[i] > 0 THEN
      o_seq[o] := o_seq[o] + 1; r_seq[i] := o_seq[o];
      o_total[o] := o_total[o] - (r_amount[i] - v_debt);
    END IF;
    r_available[i] := o_plan[o] + o_prepaid[o] - o_debt[o]; r_balance[i] := o_total[o] - o_debt[o];
  END LOOP;

  PERFORM ledger.gate_write(p_organizations, p_keys, p_key_organization, p_rollup_tags, p_kind, p_organization, p_key, p_id,
    p_idempotency_key, p_request_hash, p_endpoint, p_model, p_quantities, p_options, p_tags, p_resource_type,
    p_resource_id, p_fingerprint, p_occurred_at, p_catalogue_version, p_discount, r_outcome, r_amount, r_plan, r_waived,
    r_available, r_balance, r_expires, r_seq, r_grants, r_amounts, r_payg, o_at, o_day, o_seq, o_debt, o_payg_held,
    o_payg_spent, g_org, g_id, g_held, g_spent, k_owner, k_held, k_spent, b_call, b_line, b_grant, b_amount, x_call, x_day, x_ceiling, x_member, p_usage);
  FOR o IN 1..n_org LOOP
    IF o_debt[o] > 0 AND o_plan[o] + o_prepaid[o] > 0 AND o_locked[o] THEN PERFORM ledger.pay_debt(p_organizations[o], o_at[o]); END IF;
    IF o_top_up[o] > o_prepaid[o] - o_debt[o] AND o_locked[o] THEN PERFORM ledger.check_auto_top_up(p_organizations[o], o_at[o]); END IF;
  END LOOP;
  RETURN QUERY SELECT u.* FROM unnest(r_outcome, r_id, r_amount, r_plan, r_released, r_waived, r_available, r_expires,
    r_seq, r_detail) AS u;
END
$$;
