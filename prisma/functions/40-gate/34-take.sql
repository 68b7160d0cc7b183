-- Returns a hold to its own grants, minus the amounts of its plan part and its prepaid part that the call takes. The
-- rest is free again, unless the grant has expired since.
CREATE OR REPLACE FUNCTION ledger.gate_give_back(
  p_credit ledger.gate_credit,
  p_hold ledger.gate_hold,
  p_plan bigint,
  p_prepaid bigint
) RETURNS ledger.gate_credit
LANGUAGE plpgsql AS $$
DECLARE
  v_grants ledger.gate_grant[] := p_credit.grants;
  v_grant ledger.gate_grant;
  v_place integer;
  v_reserved bigint;
  v_take bigint;
  v_free bigint;
BEGIN
  FOR v_part IN 1..cardinality(p_hold.grant_ids) LOOP
    v_reserved := p_hold.grant_amounts[v_part];
    v_place := 1;
    WHILE v_grants[v_place].id <> p_hold.grant_ids[v_part] LOOP
      v_place := v_place + 1;
    END LOOP;
    v_grant := v_grants[v_place];
    v_take := least(v_reserved, CASE WHEN v_grant.plan THEN p_plan ELSE p_prepaid END);
    v_free := CASE WHEN v_grant.expired THEN 0 ELSE v_reserved - v_take END;
    v_grant.held_change := v_grant.held_change - v_reserved;
    v_grant.spent := v_grant.spent + v_take;
    v_grant.free := v_grant.free + v_free;
    v_grants[v_place] := v_grant;
    IF v_grant.plan THEN
      p_plan := p_plan - v_take;
      p_credit.plan := p_credit.plan + v_free;
    ELSE
      p_prepaid := p_prepaid - v_take;
      p_credit.prepaid := p_credit.prepaid + v_free;
    END IF;
    IF v_take > 0 THEN
      p_credit.taken_from := p_credit.taken_from || v_grant.id;
      p_credit.taken_amounts := p_credit.taken_amounts || v_take;
    END IF;
  END LOOP;
  p_credit.grants := v_grants;
  RETURN p_credit;
END
$$;

-- Takes from free credit in burn order: the plan part from plan grants, the prepaid part from the others. A hold
-- reserves the amount. The part without a grant is debt.
CREATE OR REPLACE FUNCTION ledger.gate_burn(
  p_credit ledger.gate_credit,
  p_plan bigint,
  p_prepaid bigint,
  p_reserve boolean
) RETURNS ledger.gate_credit
LANGUAGE plpgsql AS $$
DECLARE
  v_grants ledger.gate_grant[] := p_credit.grants;
  v_grant ledger.gate_grant;
  v_place integer := 1;
  v_take bigint;
BEGIN
  WHILE p_plan + p_prepaid > 0 AND v_place <= cardinality(v_grants) LOOP
    v_grant := v_grants[v_place];
    v_take := least(v_grant.free, CASE WHEN v_grant.plan THEN p_plan ELSE p_prepaid END);
    IF v_take > 0 THEN
      v_grant.free := v_grant.free - v_take;
      IF p_reserve THEN
        v_grant.held_change := v_grant.held_change + v_take;
      ELSE
        v_grant.spent := v_grant.spent + v_take;
      END IF;
      v_grants[v_place] := v_grant;
      IF v_grant.plan THEN
        p_plan := p_plan - v_take;
        p_credit.plan := p_credit.plan - v_take;
      ELSE
        p_prepaid := p_prepaid - v_take;
        p_credit.prepaid := p_credit.prepaid - v_take;
      END IF;
      p_credit.taken_from := p_credit.taken_from || v_grant.id;
      p_credit.taken_amounts := p_credit.taken_amounts || v_take;
    END IF;
    v_place := v_place + 1;
  END LOOP;
  IF p_plan + p_prepaid > 0 THEN
    p_credit.debt := p_credit.debt + p_plan + p_prepaid;
    p_credit.taken_from := p_credit.taken_from || NULL::uuid;
    p_credit.taken_amounts := p_credit.taken_amounts || p_plan + p_prepaid;
  END IF;
  p_credit.grants := v_grants;
  RETURN p_credit;
END
$$;
