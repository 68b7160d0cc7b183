-- Decides the calls of a batch in their order, in memory: reads no table but for limits of members and of tags. The calls
-- of one organization follow each other. `tests/model/reference.ts` states the same rules for one organization.
CREATE OR REPLACE FUNCTION ledger.gate_decide(
  p_calls ledger.gate_call[],
  p_holds ledger.gate_hold[],
  p_secrets boolean[],
  INOUT decisions ledger.gate_decision[],
  INOUT organizations ledger.gate_organization[],
  INOUT keys ledger.gate_key[],
  OUT moves ledger.gate_move[]
)
LANGUAGE plpgsql AS $$
DECLARE
  v_call ledger.gate_call;
  v_position integer := 0;
  v_decision ledger.gate_decision;
  v_organization ledger.gate_organization;
  v_place integer := 0;
  v_grants ledger.gate_grant[];
  v_grant ledger.gate_grant;
  v_grant_place integer;
  v_key ledger.gate_key;
  v_hold ledger.gate_hold;
  v_next_hold integer := 1;
  v_part integer;
  v_opens boolean;
  v_outcome text;
  v_member_room bigint;
  v_member_unsure boolean;
  -- What the call costs: its plan part, its prepaid part, and the price of which they may be less.
  v_plan bigint;
  v_prepaid bigint;
  v_price bigint;
  v_cost bigint;
  v_debt bigint;
  -- What is still to be taken from grants.
  v_plan_left bigint;
  v_prepaid_left bigint;
  v_take bigint;
  v_room bigint;
  v_beyond bigint;
  v_grant_ids uuid[];
  v_grant_amounts bigint[];
BEGIN
  moves := '{}';
  FOREACH v_call IN ARRAY p_calls LOOP
    v_position := v_position + 1;
    CONTINUE WHEN decisions[v_position].outcome IS NOT NULL;
    v_decision := NULL;
    v_debt := 0;
    v_grant_ids := '{}';
    v_grant_amounts := '{}';
    v_opens := v_call.kind IN ('hold', 'charge');
    v_key := keys[v_call.key];

    IF v_call.organization <> v_place THEN
      IF v_place > 0 THEN
        v_organization.grants := v_grants;
        organizations[v_place] := v_organization;
      END IF;
      v_place := v_call.organization;
      v_organization := organizations[v_place];
      v_grants := v_organization.grants;
    END IF;

    v_outcome := CASE
      WHEN v_organization.state = 'active' THEN
        CASE WHEN v_call.secret > 0 AND NOT p_secrets[v_call.secret] THEN 'unauthenticated' END
      WHEN v_organization.state = 'deleted' AND v_call.key > 0 THEN 'unauthenticated'
      WHEN v_organization.state = 'busy' THEN 'busy'
      ELSE 'not_found'
    END;

    IF v_outcome IS NULL AND v_opens THEN
      v_outcome := CASE
        WHEN NOT v_key.active THEN 'unauthenticated'
        WHEN v_call.key_generation NOT BETWEEN v_key.oldest_generation AND v_key.newest_generation
          AND v_call.key_generation > 0 THEN 'unauthenticated'
        WHEN v_call.price < 0 THEN 'unpriced'
        WHEN v_key.restricted AND NOT ledger.key_allows(v_organization.id, v_key.id, v_call.endpoint, v_call.model)
          THEN 'key_restricted'
        WHEN v_call.plan_version <> v_organization.plan_version THEN 'stale'
      END;
      IF v_outcome IS NULL THEN
        -- Debt is owed out of whatever is free, the plan's credit first.
        v_plan := least(greatest(0, v_organization.plan_credit - v_organization.debt), v_call.plan_price);
        v_prepaid := ledger.rest_of_price(v_call.price, v_call.plan_price, v_plan);
        v_cost := v_plan + v_prepaid;
        v_member_room := NULL;
        IF v_key.owner_limited THEN
          SELECT * INTO v_member_room, v_member_unsure
            FROM ledger.member_room_now(v_organization.id, v_key.owner_id, v_organization.day, v_place, keys, moves);
        END IF;
        v_outcome := CASE
          WHEN v_cost > v_key.room AND v_cost > 0 THEN
            CASE WHEN v_key.unsure THEN 'again' ELSE 'key_limit_exceeded' END
          WHEN v_cost > v_member_room AND v_cost > 0 THEN
            CASE WHEN v_member_unsure THEN 'again' ELSE 'member_limit_exceeded' END
          WHEN v_call.limited_tags IS NOT NULL AND NOT ledger.tags_fit(v_organization.id, v_call.limited_tags)
            THEN 'plan_limit_reached'
          WHEN v_prepaid = 0 THEN NULL
          WHEN v_organization.payg_off THEN 'payg_disabled'
          WHEN v_prepaid > v_organization.payg_room THEN 'payg_limit_reached'
          WHEN v_prepaid > v_organization.prepaid_credit
            - greatest(0, v_organization.debt - v_organization.plan_credit) THEN 'insufficient'
        END;
        IF v_outcome IS NOT NULL THEN
          v_decision.amount := v_cost;
          v_decision.available :=
            v_organization.plan_credit + v_organization.prepaid_credit - v_organization.debt;
          v_decision.detail := CASE
            WHEN v_outcome = 'plan_limit_reached' THEN ledger.full_tag(v_organization.id, v_call.limited_tags)
            WHEN v_cost > v_key.room
              THEN ledger.tightest_window(v_organization.id, v_key.id, v_organization.day)
          END;
        END IF;
      END IF;
      IF v_outcome IS NULL AND v_call.limited_tags IS NOT NULL THEN
        PERFORM ledger.register_tags(v_organization.id, v_call.limited_tags, v_organization.at);
      END IF;
      v_plan_left := v_plan;
      v_prepaid_left := v_prepaid;

    ELSIF v_outcome IS NULL THEN
      WHILE p_holds[v_next_hold].call < v_position LOOP
        v_next_hold := v_next_hold + 1;
      END LOOP;
      v_hold := p_holds[v_next_hold];
      v_outcome := CASE
        WHEN v_hold.call IS DISTINCT FROM v_position THEN 'not_found'
        WHEN v_call.kind = 'settle' AND v_call.price < 0 THEN 'unpriced'
      END;
      IF v_outcome IS NULL THEN
        v_plan := 0;
        v_prepaid := 0;
        v_price := 0;
        IF v_call.kind = 'settle' THEN
          v_plan := least(v_hold.ceiling_plan, v_call.plan_price);
          v_prepaid := ledger.rest_of_price(v_call.price, v_call.plan_price, v_plan);
          v_price := v_plan + v_prepaid;
          v_prepaid := least(v_prepaid, v_hold.ceiling - v_hold.ceiling_plan);
        END IF;
        -- Back to the hold's own grants: what is not used is free again, unless the grant has expired since.
        v_plan_left := v_plan;
        v_prepaid_left := v_prepaid;
        FOR v_part IN 1..cardinality(v_hold.grant_ids) LOOP
          v_grant_place := 1;
          WHILE v_grants[v_grant_place].id <> v_hold.grant_ids[v_part] LOOP
            v_grant_place := v_grant_place + 1;
          END LOOP;
          v_grant := v_grants[v_grant_place];
          v_room := v_hold.grant_amounts[v_part];
          v_take := least(v_room, CASE WHEN v_grant.plan THEN v_plan_left ELSE v_prepaid_left END);
          v_grant.held_change := v_grant.held_change - v_room;
          v_grant.spent := v_grant.spent + v_take;
          v_room := CASE WHEN v_grant.expired THEN 0 ELSE v_room - v_take END;
          v_grant.free := v_grant.free + v_room;
          v_grants[v_grant_place] := v_grant;
          IF v_grant.plan THEN
            v_plan_left := v_plan_left - v_take;
            v_organization.plan_credit := v_organization.plan_credit + v_room;
          ELSE
            v_prepaid_left := v_prepaid_left - v_take;
            v_organization.prepaid_credit := v_organization.prepaid_credit + v_room;
          END IF;
          IF v_take > 0 THEN
            v_grant_ids := array_append(v_grant_ids, v_grant.id);
            v_grant_amounts := array_append(v_grant_amounts, v_take);
          END IF;
        END LOOP;
        v_plan_left := 0;
        v_prepaid_left := 0;
        -- Beyond the ceiling, where the catalogue settles what was used: from what is available, then as debt, never past
        -- a limit of the key, its owner then or the cycle. The whole ceiling is used then, so none of it makes room.
        IF v_call.settle_actual AND v_price > v_plan + v_prepaid THEN
          SELECT room INTO v_member_room
            FROM ledger.member_room_now(v_organization.id, v_hold.member_id, v_organization.day, v_place, keys, moves);
          v_room := greatest(0, least(v_price - v_plan - v_prepaid, v_member_room, v_key.room));
          v_plan_left := least(v_room, v_organization.plan_credit);
          v_prepaid_left := least(v_room - v_plan_left, CASE
            WHEN v_organization.payg_off OR v_organization.payg_room < 0 THEN 0
            ELSE v_organization.payg_room
          END);
          v_plan := v_plan + v_plan_left;
          v_prepaid := v_prepaid + v_prepaid_left;
        END IF;
        v_cost := v_plan + v_prepaid;
      END IF;
    END IF;

    IF v_outcome IS NULL THEN
      -- Burns: the plan part from plan grants, the prepaid part from the others. What no grant covers is debt.
      v_grant_place := 1;
      WHILE v_plan_left + v_prepaid_left > 0 AND v_grant_place <= cardinality(v_grants) LOOP
        v_grant := v_grants[v_grant_place];
        v_take := least(v_grant.free, CASE WHEN v_grant.plan THEN v_plan_left ELSE v_prepaid_left END);
        IF v_take > 0 THEN
          v_grant.free := v_grant.free - v_take;
          IF v_call.kind = 'hold' THEN
            v_grant.held_change := v_grant.held_change + v_take;
          ELSE
            v_grant.spent := v_grant.spent + v_take;
          END IF;
          v_grants[v_grant_place] := v_grant;
          IF v_grant.plan THEN
            v_plan_left := v_plan_left - v_take;
            v_organization.plan_credit := v_organization.plan_credit - v_take;
          ELSE
            v_prepaid_left := v_prepaid_left - v_take;
            v_organization.prepaid_credit := v_organization.prepaid_credit - v_take;
          END IF;
          v_grant_ids := array_append(v_grant_ids, v_grant.id);
          v_grant_amounts := array_append(v_grant_amounts, v_take);
        END IF;
        v_grant_place := v_grant_place + 1;
      END LOOP;
      v_debt := v_plan_left + v_prepaid_left;
      IF v_debt > 0 THEN
        v_organization.debt := v_organization.debt + v_debt;
        v_grant_ids := array_append(v_grant_ids, NULL);
        v_grant_amounts := array_append(v_grant_amounts, v_debt);
      END IF;

      -- Counts.
      IF v_call.kind = 'hold' THEN
        v_decision.hold_expires_at :=
          (extract(epoch FROM v_organization.at) * 1000)::bigint + v_call.expires_in * 1000::bigint;
        v_organization.payg_held_change := v_organization.payg_held_change + v_prepaid;
        v_organization.payg_room := v_organization.payg_room - v_prepaid;
        v_key.held_change := v_key.held_change + v_cost;
        v_key.room := v_key.room - v_cost;
      ELSIF v_opens THEN
        v_organization.payg_spent := v_organization.payg_spent + v_prepaid;
        v_organization.payg_room := v_organization.payg_room - v_prepaid;
        v_key.spent := v_key.spent + v_cost;
        v_key.room := v_key.room - v_cost;
      ELSE
        v_decision.waived := v_price - v_cost;
        v_decision.released := greatest(0, v_hold.ceiling - v_cost);
        IF v_hold.payg_cycle = v_organization.cycle THEN
          v_beyond := v_hold.ceiling - v_hold.ceiling_plan;
          v_organization.payg_held_change := v_organization.payg_held_change - v_beyond;
          v_organization.payg_spent := v_organization.payg_spent + v_prepaid;
          v_organization.payg_room := v_organization.payg_room + v_beyond - v_prepaid;
        END IF;
        IF v_hold.opened_on = v_organization.day AND v_hold.member_id = v_key.owner_id THEN
          v_key.held_change := v_key.held_change - v_hold.ceiling;
          v_key.spent := v_key.spent + v_cost;
          v_key.room := v_key.room + v_hold.ceiling - v_cost;
        ELSIF v_call.key > 0 THEN
          moves := moves
            || ROW(v_place, v_key.id, v_hold.member_id, v_hold.opened_on, v_hold.ceiling, v_cost)::ledger.gate_move;
          v_key.unsure := true;
          v_key.room := v_key.room - greatest(0, v_cost - v_hold.ceiling);
        END IF;
      END IF;
      IF v_call.key > 0 THEN
        keys[v_call.key] := v_key;
      END IF;
      IF v_cost > 0 AND v_call.kind <> 'hold' THEN
        v_organization.seq := v_organization.seq + 1;
        v_organization.balance := v_organization.balance - (v_cost - v_debt);
        v_decision.seq := v_organization.seq;
      END IF;

      v_outcome := 'ok';
      v_decision.amount := v_cost;
      v_decision.amount_plan := v_plan;
      v_decision.available := v_organization.plan_credit + v_organization.prepaid_credit - v_organization.debt;
      v_decision.balance := v_organization.balance - v_organization.debt;
      v_decision.organization_id := v_organization.id;
      v_decision.at := v_organization.at;
      v_decision.day := v_organization.day;
      v_decision.key_id := v_key.id;
      v_decision.member_id := nullif(v_key.owner_id, ledger.nobody());
      v_decision.payg_cycle := v_organization.cycle;
      v_decision.grant_ids := v_grant_ids;
      v_decision.grant_amounts := v_grant_amounts;
    END IF;
    v_decision.outcome := v_outcome;
    decisions[v_position] := v_decision;
  END LOOP;
  IF v_place > 0 THEN
    v_organization.grants := v_grants;
    organizations[v_place] := v_organization;
  END IF;
END
$$;
