-- The effect of an accepted call on the counters of its key.
CREATE OR REPLACE FUNCTION ledger.gate_count_key(
  p_key ledger.gate_key,
  p_call ledger.gate_call,
  p_hold ledger.gate_hold,
  p_cost bigint,
  p_day date
) RETURNS ledger.gate_key
LANGUAGE plpgsql AS $$
BEGIN
  IF p_call.kind = 'hold' THEN
    p_key.held_change := p_key.held_change + p_cost;
    p_key.room := p_key.room - p_cost;
  ELSIF p_call.kind = 'charge' THEN
    p_key.spent := p_key.spent + p_cost;
    p_key.room := p_key.room - p_cost;
  ELSIF p_hold.opened_on = p_day AND p_hold.member_id = p_key.owner_id THEN
    p_key.held_change := p_key.held_change - p_hold.ceiling;
    p_key.spent := p_key.spent + p_cost;
    p_key.room := p_key.room + p_hold.ceiling - p_cost;
  ELSE
    -- The hold counts in windows that `room` does not show, see ledger.gate_move.
    p_key.unsure := true;
    p_key.room := p_key.room - greatest(0, p_cost - p_hold.ceiling);
  END IF;
  RETURN p_key;
END
$$;

-- The effect of an accepted call on the cycle's PAYG counters: a hold's prepaid part is held, the rest is spent.
CREATE OR REPLACE FUNCTION ledger.gate_count_payg(
  p_organization ledger.gate_organization,
  p_call ledger.gate_call,
  p_hold ledger.gate_hold,
  p_prepaid bigint
) RETURNS ledger.gate_organization
LANGUAGE plpgsql AS $$
DECLARE
  v_held bigint := 0;
  v_spent bigint := 0;
BEGIN
  IF p_call.kind = 'hold' THEN
    v_held := p_prepaid;
  ELSIF p_call.kind = 'charge' THEN
    v_spent := p_prepaid;
  ELSIF p_hold.payg_cycle = p_organization.cycle THEN
    v_held := p_hold.ceiling_plan - p_hold.ceiling;
    v_spent := p_prepaid;
  END IF;
  p_organization.payg_held_change := p_organization.payg_held_change + v_held;
  p_organization.payg_spent := p_organization.payg_spent + v_spent;
  p_organization.payg_room := p_organization.payg_room - v_held - v_spent;
  RETURN p_organization;
END
$$;

-- Decides the calls of a batch in their order, in memory. The calls of one organization follow each other, so that its
-- state is loaded once. `tests/model/reference.ts` states the same rules for one organization.
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
  v_organization ledger.gate_organization;
  v_place integer := 0;
  v_credit ledger.gate_credit;
  v_key ledger.gate_key;
  v_hold ledger.gate_hold;
  v_next_hold integer := 1;
  v_outcome text;
  v_decision ledger.gate_decision;
  v_prepaid bigint;
  v_debt bigint;
BEGIN
  moves := '{}';
  FOREACH v_call IN ARRAY p_calls LOOP
    v_position := v_position + 1;
    CONTINUE WHEN decisions[v_position].outcome IS NOT NULL;

    -- Load: the organization unless it is at hand, the key, and the hold that the call ends.
    IF v_call.organization <> v_place THEN
      IF v_place > 0 THEN
        v_organization.credit := v_credit;
        organizations[v_place] := v_organization;
      END IF;
      v_place := v_call.organization;
      v_organization := organizations[v_place];
      v_credit := v_organization.credit;
      v_organization.credit := NULL;
    END IF;
    v_key := keys[v_call.key];
    v_hold := NULL;
    IF v_call.kind IN ('settle', 'release') THEN
      WHILE p_holds[v_next_hold].call < v_position LOOP
        v_next_hold := v_next_hold + 1;
      END LOOP;
      IF p_holds[v_next_hold].call = v_position THEN
        v_hold := p_holds[v_next_hold];
      END IF;
    END IF;

    -- Decide.
    v_outcome := CASE
      WHEN v_organization.state = 'unknown' THEN 'not_found'
      WHEN v_organization.state = 'deleted' THEN CASE WHEN v_call.key > 0 THEN 'unauthenticated' ELSE 'not_found' END
      WHEN v_organization.state = 'busy' THEN 'busy'
      WHEN v_call.secret > 0 AND NOT p_secrets[v_call.secret] THEN 'unauthenticated'
      WHEN v_call.kind IN ('settle', 'release') AND v_hold.call IS NULL THEN 'not_found'
    END;
    IF v_outcome IS NOT NULL THEN
      v_decision := ledger.gate_answer(v_outcome, v_call.id);
    ELSIF v_hold.call IS NULL THEN
      v_decision := ledger.gate_open(v_call, v_key, v_organization, v_credit.plan, v_credit.prepaid, v_credit.debt,
        keys, moves);
    ELSE
      v_decision := ledger.gate_end(v_call, v_hold, v_key, v_organization, v_credit.plan, keys, moves);
    END IF;
    IF v_decision.outcome <> 'ok' THEN
      decisions[v_position] := v_decision;
      CONTINUE;
    END IF;

    -- Move the credit, and count.
    v_credit.taken_from := '{}';
    v_credit.taken_amounts := '{}';
    v_debt := v_credit.debt;
    v_prepaid := v_decision.amount - v_decision.amount_plan;
    IF v_hold.call IS NOT NULL THEN
      v_credit := ledger.gate_give_back(v_credit, v_hold, v_decision.amount_plan - v_decision.burn_plan,
        v_prepaid - v_decision.burn_prepaid);
    END IF;
    IF v_decision.burn_plan + v_decision.burn_prepaid > 0 THEN
      v_credit := ledger.gate_burn(v_credit, v_decision.burn_plan, v_decision.burn_prepaid, v_call.kind = 'hold');
    END IF;
    IF v_call.kind <> 'hold' AND v_decision.amount > 0 THEN
      v_organization.seq := v_organization.seq + 1;
      v_organization.balance := v_organization.balance - v_decision.amount + v_credit.debt - v_debt;
      v_decision.seq := v_organization.seq;
    END IF;
    IF v_organization.plan_version > 0 THEN
      v_organization := ledger.gate_count_payg(v_organization, v_call, v_hold, v_prepaid);
    END IF;
    IF v_call.key > 0 THEN
      v_key := ledger.gate_count_key(v_key, v_call, v_hold, v_decision.amount, v_organization.day);
      keys[v_call.key] := v_key;
      IF v_hold.opened_on <> v_organization.day OR v_hold.member_id <> v_key.owner_id THEN
        moves := moves || ROW(v_place, v_key.id, v_hold.member_id, v_hold.opened_on, v_hold.ceiling,
          v_decision.amount)::ledger.gate_move;
      END IF;
    END IF;

    -- What is written with the answer.
    v_decision.available := v_credit.plan + v_credit.prepaid - v_credit.debt;
    v_decision.balance := v_organization.balance - v_credit.debt;
    v_decision.organization_id := v_organization.id;
    v_decision.at := v_organization.at;
    v_decision.day := v_organization.day;
    v_decision.key_id := v_key.id;
    v_decision.member_id := nullif(v_key.owner_id, ledger.nobody());
    v_decision.taken_from := v_credit.taken_from;
    v_decision.taken_amounts := v_credit.taken_amounts;
    decisions[v_position] := v_decision;
  END LOOP;
  IF v_place > 0 THEN
    v_organization.credit := v_credit;
    organizations[v_place] := v_organization;
  END IF;
END
$$;
