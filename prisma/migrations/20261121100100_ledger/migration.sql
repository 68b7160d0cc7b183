-- What Prisma cannot say: roles, the schema `ledger` with the partitioned log, checks, policies and privileges.

-- The roles belong to the whole cluster, so another database of it may have made them, at this very moment too.
DO $$
DECLARE
  v_role text;
BEGIN
  FOREACH v_role IN ARRAY ARRAY['tollgate_ledger', 'tollgate_app', 'tollgate_operator'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', v_role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF NOT pg_has_role(current_user, v_role, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', v_role);
    END IF;
  END LOOP;
END
$$;

CREATE SCHEMA ledger;
GRANT USAGE, CREATE ON SCHEMA ledger TO tollgate_ledger;
GRANT USAGE ON SCHEMA ledger TO tollgate_app, tollgate_operator;
GRANT USAGE ON SCHEMA public TO tollgate_ledger, tollgate_app, tollgate_operator;

-- One billable call. The month of a partition is the id's own time, so the primary key can hold it.
CREATE TABLE ledger.usage_event (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  posted_at timestamptz NOT NULL,
  key_id uuid,
  endpoint text NOT NULL,
  model text NOT NULL,
  -- By meter slot; a negative event gives back another one's.
  quantities bigint[] NOT NULL,
  options jsonb,
  tags jsonb,
  resource_type text,
  resource_id text,
  catalogue_version integer NOT NULL,
  discount_percent integer NOT NULL DEFAULT 0,
  cost bigint NOT NULL,
  cost_plan bigint NOT NULL DEFAULT 0,
  waived bigint NOT NULL DEFAULT 0,
  -- What it adds to the count of requests: 1, −1 when it gives back a whole call, 0 when it gives back a part.
  requests smallint NOT NULL DEFAULT 1,
  transaction_seq bigint,
  -- The event that this negative one gives back, in part or whole.
  reverses uuid,
  PRIMARY KEY (organization_id, id)
) PARTITION BY RANGE (id);
CREATE INDEX usage_event_occurred ON ledger.usage_event (organization_id, occurred_at, id);
CREATE INDEX usage_event_reverses ON ledger.usage_event (organization_id, reverses) WHERE reverses IS NOT NULL;

-- Rows that are updated in place for every call leave room on their page (heap-only updates touch no index).
ALTER TABLE balance SET (fillfactor = 50);
ALTER TABLE "grant" SET (fillfactor = 50);
ALTER TABLE key_usage SET (fillfactor = 50);
ALTER TABLE subscription SET (fillfactor = 50);
ALTER TABLE usage_rollup SET (fillfactor = 70);
ALTER TABLE hold SET (fillfactor = 60);

CREATE INDEX transaction_reverses ON transaction (organization_id, reverses_seq) WHERE reverses_seq IS NOT NULL;

ALTER TABLE balance ADD CHECK (debt >= 0), ADD CHECK (seq >= 0);
ALTER TABLE "grant"
  ADD CHECK (kind IN ('plan', 'promotional', 'purchased', 'adjustment')),
  ADD CHECK (amount > 0),
  ADD CHECK (remaining BETWEEN 0 AND amount),
  ADD CHECK (held BETWEEN 0 AND remaining),
  ADD CHECK (live OR (remaining = 0 AND held = 0));
ALTER TABLE hold
  ADD CHECK (state IN ('open', 'settled', 'released', 'expired')),
  ADD CHECK (ceiling >= 0 AND ceiling_plan BETWEEN 0 AND ceiling),
  ADD CHECK ((state = 'open') = (ended_at IS NULL));
ALTER TABLE transaction
  ADD CHECK (type IN ('purchase', 'deduction', 'refund', 'grant', 'renewal', 'expiry', 'clawback', 'adjustment')),
  ADD CHECK (seq > 0);
ALTER TABLE entry
  ADD CHECK (account IN ('grant', 'debt', 'usage', 'funding', 'breakage')),
  ADD CHECK ((account = 'grant') = (grant_id IS NOT NULL)),
  ADD CHECK (amount <> 0);
ALTER TABLE member ADD CHECK (role IN ('owner', 'admin', 'developer', 'viewer'));
ALTER TABLE subscription
  ADD CHECK (status IN ('active', 'ended')),
  ADD CHECK (payg_mode IN ('toggle', 'always')),
  ADD CHECK (discount_percent BETWEEN 0 AND 100),
  ADD CHECK (allowance >= 0 AND payg_spent >= 0 AND payg_held >= 0 AND payg_limit >= 0);

-- The second wall: the app sees the organization that the transaction names, the ledger and the operator see all.
DO $$
DECLARE
  v_table regclass;
  v_column text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['organization', 'balance', 'member', 'api_key', 'key_usage', 'subscription', '"grant"',
    'hold', 'transaction', 'entry', 'usage_rollup', 'usage_tag_rollup', 'tag_value', 'idempotency_record',
    'ledger.usage_event']::regclass[] LOOP
    v_column := CASE WHEN v_table = 'organization'::regclass THEN 'id' ELSE 'organization_id' END;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY own_organization ON %s TO tollgate_app '
      'USING (%I = nullif(current_setting(''tollgate.organization'', true), '''')::uuid)', v_table, v_column);
    EXECUTE format('CREATE POLICY every_organization ON %s TO tollgate_ledger, tollgate_operator USING (true)', v_table);
    EXECUTE format('GRANT SELECT ON %s TO tollgate_app, tollgate_operator', v_table);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO tollgate_ledger', v_table);
  END LOOP;
END
$$;
-- A user finds the organizations to which they belong before one is chosen.
CREATE POLICY own_membership ON member FOR SELECT TO tollgate_app
  USING (user_id = nullif(current_setting('tollgate.user', true), '')::uuid);

-- Entries, transactions and events are not in this list: nobody but their owner may change them.
GRANT UPDATE ON organization, balance, member, api_key, key_usage, subscription, "grant", hold, usage_rollup,
  usage_tag_rollup TO tollgate_ledger;
GRANT SELECT, INSERT, UPDATE ON job_state, meter, catalogue_version TO tollgate_ledger;
GRANT SELECT ON catalogue_version, meter, job_state TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON gateway_secret TO tollgate_ledger;
GRANT SELECT ON gateway_secret TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT ON catalogue_version, meter TO tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON gateway_secret, organization, api_key, member TO tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON member, api_key TO tollgate_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "user", account, session, verification_token TO tollgate_app, tollgate_operator;
GRANT SELECT ON "user" TO tollgate_ledger;
