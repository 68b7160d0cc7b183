-- Decides a hold or charge of an active organization: a refusal, or the credit that it takes. Registers new values of
-- limited tags. `p_keys` and `p_moves` are the batch's, for the amounts of other keys of the same member.
CREATE OR REPLACE FUNCTION ledger.gate_open(
  p_call ledger.gate_call,
  p_key ledger.gate_key,
  p_organization ledger.gate_organization,
  p_plan_credit bigint,
  p_prepaid_credit bigint,
  p_debt bigint,
  p_keys ledger.gate_key[],
  p_moves ledger.gate_move[]
) RETURNS ledger.gate_decision
LANGUAGE plpgsql AS $$
DECLARE
  v_decision ledger.gate_decision;
  v_plan bigint;
  v_prepaid bigint;
  v_cost bigint;
  v_member_room bigint;
  v_member_unsure boolean;
BEGIN
  v_decision.outcome := CASE
    WHEN NOT p_key.active THEN 'unauthenticated'
    WHEN p_call.key_generation > 0
      AND p_call.key_generation NOT BETWEEN p_key.oldest_generation AND p_key.newest_generation THEN 'unauthenticated'
    WHEN p_call.price < 0 THEN 'unpriced'
    WHEN p_key.restricted AND NOT ledger.key_allows(p_organization.id, p_key.id, p_call.endpoint, p_call.model)
      THEN 'key_restricted'
    WHEN p_call.plan_version <> p_organization.plan_version THEN 'stale'
  END;
  IF v_decision.outcome IS NOT NULL THEN
    RETURN v_decision;
  END IF;

  -- Free credit covers debt first, the plan's credit before the rest.
  v_plan := least(greatest(0, p_plan_credit - p_debt), p_call.plan_price);
  v_prepaid := ledger.rest_of_price(p_call.price, p_call.plan_price, v_plan);
  v_cost := v_plan + v_prepaid;
  IF p_key.owner_limited THEN
    SELECT room, unsure INTO v_member_room, v_member_unsure FROM ledger.member_room_now(
      p_organization.id, p_key.owner_id, p_organization.day, p_call.organization, p_keys, p_moves);
  END IF;
  -- The batch ended holds whose effect on a limit only the next batch knows: the call moves to the next batch.
  v_decision.outcome := CASE
    WHEN v_cost > p_key.room AND v_cost > 0 THEN CASE WHEN p_key.unsure THEN 'again' ELSE 'key_limit_exceeded' END
    WHEN v_cost > v_member_room AND v_cost > 0 THEN
      CASE WHEN v_member_unsure THEN 'again' ELSE 'member_limit_exceeded' END
    WHEN p_call.limited_tags IS NOT NULL AND ledger.full_tag(p_organization.id, p_call.limited_tags) IS NOT NULL
      THEN 'plan_limit_reached'
    WHEN v_prepaid = 0 THEN NULL
    WHEN p_organization.payg_off THEN 'payg_disabled'
    WHEN v_prepaid > p_organization.payg_room THEN 'payg_limit_reached'
    WHEN v_prepaid > p_prepaid_credit - greatest(0, p_debt - p_plan_credit) THEN 'insufficient'
  END;
  v_decision.amount := v_cost;
  IF v_decision.outcome IS NOT NULL THEN
    v_decision.available := p_plan_credit + p_prepaid_credit - p_debt;
    v_decision.detail := CASE
      WHEN v_decision.outcome = 'plan_limit_reached' THEN ledger.full_tag(p_organization.id, p_call.limited_tags)
      WHEN v_cost > p_key.room THEN ledger.tightest_window(p_organization.id, p_key.id, p_organization.day)
    END;
    RETURN v_decision;
  END IF;

  IF p_call.limited_tags IS NOT NULL THEN
    PERFORM ledger.register_tags(p_organization.id, p_call.limited_tags, p_organization.at);
  END IF;
  v_decision.outcome := 'ok';
  v_decision.amount_plan := v_plan;
  v_decision.burn_plan := v_plan;
  v_decision.burn_prepaid := v_prepaid;
  v_decision.payg_cycle := p_organization.cycle;
  IF p_call.kind = 'hold' THEN
    v_decision.hold_expires_at :=
      (extract(epoch FROM p_organization.at) * 1000)::bigint + p_call.expires_in * 1000::bigint;
  END IF;
  RETURN v_decision;
END
$$;
