-- The order in which calls use grants, as what an ORDER BY compares: the plan's grants first, then by priority, expiry
-- (soonest first, none last), kind and age. tests/model/reference.ts states the same order.
CREATE TYPE ledger.burn_position AS (
  prepaid boolean,
  priority integer,
  expires_at timestamptz,
  kind integer,
  created_at timestamptz,
  id uuid
);

-- Without settings of its own, so that the planner puts the row in place of the call.
CREATE OR REPLACE FUNCTION ledger.burn_order(p_grant public."grant") RETURNS ledger.burn_position
LANGUAGE sql IMMUTABLE AS $$
  SELECT ROW(
    p_grant.kind <> 'plan',
    p_grant.priority,
    p_grant.expires_at,
    array_position(ARRAY['plan', 'promotional', 'purchased', 'adjustment'], p_grant.kind),
    p_grant.created_at,
    p_grant.id
  )::ledger.burn_position;
$$;
