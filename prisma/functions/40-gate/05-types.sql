-- The records that the gate's functions pass to each other. `scripts/migrate.mjs` replaces these types together with
-- the functions; no table uses them.

-- One call, as lib/gate/batch-store.ts sends it, field by field in this order. Amounts are prices: `price` at the
-- standard rate, `plan_price` for the plan's part; -1 means that the call has no price and only a replay answers.
CREATE TYPE ledger.gate_call AS (
  kind text, -- hold, charge, settle or release
  organization integer, -- its place in the batch's organizations
  key integer, -- its place in the batch's keys; 0 is no key
  key_generation integer, -- which of the key's secrets was shown; 0 where the key was named by its id
  secret integer, -- the place of the gateway's secret; 0 is none
  id uuid, -- a new id for a hold or charge, the hold's id for a settle or release
  idempotency_key text,
  request_hash uuid,
  price bigint,
  plan_price bigint,
  plan_version integer, -- the subscription that it was priced with; 0 is none
  settle_actual boolean, -- settle beyond the ceiling
  expires_in integer, -- seconds
  endpoint text,
  model text,
  quantities bigint[], -- by meter slot
  options jsonb,
  tags jsonb,
  resource_type text,
  resource_id text,
  fingerprint text,
  occurred_at timestamptz,
  catalogue_version integer,
  discount_percent integer,
  limited_tags jsonb, -- [{tag, value, limit, plan}]
  usage text -- why a settle has no usage of its own
);

-- A live grant. An `expired` one only keeps what open holds reserve. The last two fields are the batch's changes.
CREATE TYPE ledger.gate_grant AS (
  id uuid,
  plan boolean,
  expired boolean,
  free bigint,
  held_change bigint,
  spent bigint
);

-- What an organization can spend, and what the call under decision takes from it.
CREATE TYPE ledger.gate_credit AS (
  plan bigint, -- free
  prepaid bigint, -- free
  debt bigint,
  grants ledger.gate_grant[], -- in burn order
  taken_from uuid[], -- no grant is debt
  taken_amounts bigint[]
);

-- An organization while its calls are decided.
CREATE TYPE ledger.gate_organization AS (
  id uuid,
  state text, -- active, unknown, deleted, or busy: another session has the lock
  due boolean, -- a grant has expired or a cycle has ended
  at timestamptz, -- the time of what the batch posts
  day date, -- that time's date in the organization's zone
  seq bigint,
  top_up_below bigint,
  plan_version integer, -- 0 without a subscription
  cycle integer,
  payg_off boolean,
  payg_room bigint, -- null without a limit
  balance bigint, -- of all grants, with what is held
  credit ledger.gate_credit,
  payg_held_change bigint,
  payg_spent bigint
);

-- A key that calls of the batch name. `room` is the rest of its tightest limit, null without limits.
CREATE TYPE ledger.gate_key AS (
  id uuid,
  organization integer, -- its place in the batch's organizations
  active boolean,
  newest_generation integer,
  oldest_generation integer,
  restricted boolean, -- it may not call every endpoint or model
  room bigint,
  owner_id uuid, -- ledger.nobody() without an owner
  owner_limited boolean,
  unsure boolean, -- the batch moved counters that `room` does not show
  held_change bigint,
  spent bigint
);

-- An open hold that a call of the batch ends, with the grants that it reserves.
CREATE TYPE ledger.gate_hold AS (
  call integer,
  ceiling bigint,
  ceiling_plan bigint,
  opened_on date,
  payg_cycle integer,
  member_id uuid,
  grant_ids uuid[],
  grant_amounts bigint[]
);

-- The end of a hold of another day or of a former owner: the counters that it was opened in change one by one.
CREATE TYPE ledger.gate_move AS (
  organization integer, -- its place in the batch's organizations
  key_id uuid,
  member_id uuid,
  day date,
  ceiling bigint,
  cost bigint
);

-- The decision about a call: the answer, then the rows to write with it.
-- Outcomes: ok, replay, reused, ended, not_found, busy, stale, unpriced, again, unauthenticated, key_restricted, and
-- the refusals key_limit_exceeded, member_limit_exceeded, plan_limit_reached, payg_disabled, payg_limit_reached and
-- insufficient.
CREATE TYPE ledger.gate_decision AS (
  outcome text,
  answer_id uuid,
  amount bigint, -- of a refusal, what the call would have taken
  amount_plan bigint,
  released bigint,
  waived bigint,
  available bigint,
  hold_expires_at bigint, -- milliseconds since 1970
  seq bigint, -- of the transaction; 0 is none
  detail text,
  organization_id uuid,
  at timestamptz,
  day date,
  key_id uuid,
  member_id uuid,
  balance bigint,
  payg_cycle integer,
  burn_plan bigint, -- what the call takes of free plan credit, beyond what its hold has
  burn_prepaid bigint,
  taken_from uuid[], -- no grant is debt
  taken_amounts bigint[]
);

-- The usage of a settled hold or of a charge.
CREATE TYPE ledger.gate_event AS (
  organization_id uuid,
  id uuid,
  occurred_at timestamptz,
  posted_at timestamptz,
  key_id uuid,
  member_id uuid,
  endpoint text,
  model text,
  quantities bigint[],
  options jsonb,
  tags jsonb,
  resource_type text,
  resource_id text,
  catalogue_version integer,
  discount_percent integer,
  cost bigint,
  cost_plan bigint,
  waived bigint,
  transaction_seq bigint,
  usage text
);
