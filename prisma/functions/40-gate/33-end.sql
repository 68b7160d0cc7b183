-- Decides the settle or release of an open hold: its cost, and the part of it that the hold did not reserve.
CREATE OR REPLACE FUNCTION ledger.gate_end(
  p_call ledger.gate_call,
  p_hold ledger.gate_hold,
  p_key ledger.gate_key,
  p_organization ledger.gate_organization,
  p_plan_credit bigint,
  p_keys ledger.gate_key[],
  p_moves ledger.gate_move[]
) RETURNS ledger.gate_decision
LANGUAGE plpgsql AS $$
DECLARE
  v_decision ledger.gate_decision;
  v_plan bigint := 0;
  v_prepaid bigint := 0;
  v_price bigint := 0;
  v_member_room bigint;
  v_room bigint;
BEGIN
  v_decision.burn_plan := 0;
  v_decision.burn_prepaid := 0;
  IF p_call.kind = 'settle' THEN
    IF p_call.price < 0 THEN
      v_decision.outcome := 'unpriced';
      RETURN v_decision;
    END IF;
    v_plan := least(p_hold.ceiling_plan, p_call.plan_price);
    v_prepaid := ledger.rest_of_price(p_call.price, p_call.plan_price, v_plan);
    v_price := v_plan + v_prepaid;
    v_prepaid := least(v_prepaid, p_hold.ceiling - p_hold.ceiling_plan);
  END IF;
  -- Beyond the ceiling, if the catalogue settles actual usage: from available credit, then as debt, never past a limit
  -- of the key, its owner at the call or the cycle. The ceiling is used in full, so none of it makes room.
  IF p_call.settle_actual AND v_price > v_plan + v_prepaid THEN
    SELECT room INTO v_member_room FROM ledger.member_room_now(
      p_organization.id, p_hold.member_id, p_organization.day, p_call.organization, p_keys, p_moves);
    v_room := greatest(0, least(v_price - v_plan - v_prepaid, v_member_room, p_key.room));
    v_decision.burn_plan := least(v_room, p_plan_credit);
    v_decision.burn_prepaid := least(v_room - v_decision.burn_plan, CASE
      WHEN p_organization.payg_off OR p_organization.payg_room < 0 THEN 0
      ELSE p_organization.payg_room
    END);
    v_plan := v_plan + v_decision.burn_plan;
    v_prepaid := v_prepaid + v_decision.burn_prepaid;
  END IF;
  v_decision.outcome := 'ok';
  v_decision.amount := v_plan + v_prepaid;
  v_decision.amount_plan := v_plan;
  v_decision.waived := v_price - v_decision.amount;
  v_decision.released := greatest(0, p_hold.ceiling - v_decision.amount);
  RETURN v_decision;
END
$$;
