-- The tables of a migrated database, written by `npm run db:dump`; nothing reads this file but reviewers and a test.
-- Without what is made later: monthly partitions, and the functions, which are files of their own.

CREATE TABLE ledger.usage_event (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  posted_at timestamp with time zone NOT NULL,
  key_id uuid,
  endpoint text NOT NULL,
  model text NOT NULL,
  quantities bigint[] NOT NULL,
  options jsonb,
  tags jsonb,
  resource_type text,
  resource_id text,
  catalogue_version integer NOT NULL,
  discount_percent integer DEFAULT 0 NOT NULL,
  cost bigint NOT NULL,
  cost_plan bigint DEFAULT 0 NOT NULL,
  waived bigint DEFAULT 0 NOT NULL,
  requests smallint DEFAULT 1 NOT NULL,
  transaction_seq bigint,
  reverses uuid,
  member_id uuid,
  usage text,
  hold_id uuid,
  unfunded bigint,
  CONSTRAINT usage_event_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT usage_event_unfunded_check CHECK ((unfunded >= 0)),
  CONSTRAINT usage_event_usage_check CHECK ((usage = ANY (ARRAY['unknown'::text, 'late'::text])))
) PARTITION BY RANGE (id);
CREATE INDEX usage_event_occurred ON ONLY ledger.usage_event USING btree (organization_id, occurred_at, id);
CREATE INDEX usage_event_reverses ON ONLY ledger.usage_event USING btree (organization_id, reverses) WHERE (reverses IS NOT NULL);
CREATE INDEX usage_event_review ON ONLY ledger.usage_event USING btree (organization_id, occurred_at, id) WHERE (usage IS NOT NULL);
ALTER TABLE ledger.usage_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON ledger.usage_event FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON ledger.usage_event FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON ledger.usage_event TO tollgate_app;
GRANT INSERT, SELECT ON ledger.usage_event TO tollgate_ledger;
GRANT SELECT ON ledger.usage_event TO tollgate_operator;

CREATE TABLE public.account (
  user_id uuid NOT NULL,
  type text NOT NULL,
  provider text NOT NULL,
  provider_account_id text NOT NULL,
  refresh_token text,
  access_token text,
  expires_at integer,
  token_type text,
  scope text,
  id_token text,
  session_state text,
  CONSTRAINT account_pkey PRIMARY KEY (provider, provider_account_id),
  CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON UPDATE CASCADE ON DELETE CASCADE
);
GRANT DELETE, INSERT, SELECT, UPDATE ON public.account TO tollgate_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.account TO tollgate_operator;

CREATE TABLE public.alert (
  organization_id uuid NOT NULL,
  level_mails boolean DEFAULT true NOT NULL,
  threshold bigint,
  told text DEFAULT 'normal'::text NOT NULL,
  told_at timestamp(6) with time zone,
  below boolean DEFAULT false NOT NULL,
  below_at timestamp(6) with time zone,
  waiting_since timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  set_by uuid,
  set_at timestamp(6) with time zone,
  CONSTRAINT alert_pkey PRIMARY KEY (organization_id),
  CONSTRAINT alert_threshold CHECK ((threshold > 0)),
  CONSTRAINT alert_told CHECK ((told = ANY (ARRAY['normal'::text, 'low'::text, 'warning'::text, 'critical'::text])))
);
CREATE INDEX alert_due_at_idx ON public.alert USING btree (due_at);
ALTER TABLE public.alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.alert FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.alert FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.alert TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.alert TO tollgate_ledger;
GRANT SELECT ON public.alert TO tollgate_operator;

CREATE TABLE public.api_key (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  hash bytea NOT NULL,
  hint text NOT NULL,
  owner_id uuid,
  limit_total bigint,
  limit_day bigint,
  limit_week bigint,
  limit_month bigint,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  expires_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  limits_set_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  generation integer DEFAULT 1 NOT NULL,
  previous_hash bytea,
  previous_until timestamp(6) with time zone,
  endpoints text[] DEFAULT ARRAY[]::text[],
  models text[] DEFAULT ARRAY[]::text[],
  CONSTRAINT api_key_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT api_key_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON UPDATE CASCADE ON DELETE RESTRICT
);
CREATE UNIQUE INDEX api_key_hash_key ON public.api_key USING btree (hash);
CREATE UNIQUE INDEX api_key_previous_hash_key ON public.api_key USING btree (previous_hash);
ALTER TABLE public.api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.api_key FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.api_key FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.api_key TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.api_key TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.api_key TO tollgate_operator;

CREATE TABLE public.audit_entry (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamp(6) with time zone NOT NULL,
  actor_type text NOT NULL,
  actor_id uuid,
  actor_name text,
  action text NOT NULL,
  object_type text NOT NULL,
  object_id text,
  object_name text,
  before jsonb,
  after jsonb,
  address text,
  agent text,
  CONSTRAINT audit_entry_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT audit_entry_actor_type_check CHECK ((actor_type = ANY (ARRAY['user'::text, 'key'::text, 'gateway'::text, 'operator'::text, 'job'::text])))
);
ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.audit_entry FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.audit_entry FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT ON public.audit_entry TO tollgate_app;
GRANT INSERT, SELECT ON public.audit_entry TO tollgate_operator;

CREATE TABLE public.auto_top_up (
  organization_id uuid NOT NULL,
  enabled boolean DEFAULT false NOT NULL,
  threshold bigint NOT NULL,
  amount bigint,
  pack text,
  payment_method text,
  monthly_cap bigint,
  due_at timestamp(6) with time zone,
  failures integer DEFAULT 0 NOT NULL,
  blocked text,
  blocked_at timestamp(6) with time zone,
  capped_month date,
  set_by uuid,
  set_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  from_level bigint,
  notice text,
  CONSTRAINT auto_top_up_pkey PRIMARY KEY (organization_id),
  CONSTRAINT auto_top_up_blocked_check CHECK ((blocked = ANY (ARRAY['declined'::text, 'suspended'::text, 'authentication_required'::text, 'capped'::text, 'no_card'::text, 'plan_required'::text, 'gap'::text, 'returned'::text, 'unavailable'::text]))),
  CONSTRAINT auto_top_up_check CHECK (((amount IS NULL) <> (pack IS NULL))),
  CONSTRAINT auto_top_up_threshold_check CHECK ((threshold >= 0))
);
CREATE INDEX auto_top_up_due_at_idx ON public.auto_top_up USING btree (due_at);
CREATE INDEX auto_top_up_notice_idx ON public.auto_top_up USING btree (notice);
ALTER TABLE public.auto_top_up ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.auto_top_up FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.auto_top_up FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.auto_top_up TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.auto_top_up TO tollgate_ledger;
GRANT SELECT ON public.auto_top_up TO tollgate_operator;

CREATE TABLE public.balance (
  organization_id uuid NOT NULL,
  debt bigint DEFAULT 0 NOT NULL,
  seq bigint DEFAULT 0 NOT NULL,
  posted_at timestamp(6) with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
  top_up_below bigint,
  CONSTRAINT balance_pkey PRIMARY KEY (organization_id),
  CONSTRAINT balance_debt_check CHECK ((debt >= 0)),
  CONSTRAINT balance_seq_check CHECK ((seq >= 0))
) WITH (fillfactor=50);
ALTER TABLE public.balance ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.balance FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.balance FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.balance TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.balance TO tollgate_ledger;
GRANT SELECT ON public.balance TO tollgate_operator;

CREATE TABLE public.catalogue_version (
  version integer NOT NULL,
  name text NOT NULL,
  text text NOT NULL,
  hash text NOT NULL,
  effective_at timestamp(6) with time zone NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT catalogue_version_pkey PRIMARY KEY (version)
);
GRANT SELECT ON public.catalogue_version TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.catalogue_version TO tollgate_ledger;
GRANT INSERT, SELECT ON public.catalogue_version TO tollgate_operator;

CREATE TABLE public.dispute (
  organization_id uuid NOT NULL,
  id text NOT NULL,
  payment_id uuid NOT NULL,
  state text NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  reason text NOT NULL,
  opened_at timestamp(6) with time zone NOT NULL,
  changed_at timestamp(6) with time zone NOT NULL,
  suspended_at timestamp(6) with time zone,
  lifted_at timestamp(6) with time zone,
  lifted_by uuid,
  CONSTRAINT dispute_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT dispute_check CHECK (((lifted_at IS NULL) OR (suspended_at IS NOT NULL))),
  CONSTRAINT dispute_state_check CHECK ((state = ANY (ARRAY['inquiry'::text, 'open'::text, 'won'::text, 'lost'::text])))
);
CREATE INDEX dispute_organization_id_payment_id_idx ON public.dispute USING btree (organization_id, payment_id);
ALTER TABLE public.dispute ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.dispute FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.dispute FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT, UPDATE ON public.dispute TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.dispute TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.dispute TO tollgate_operator;

CREATE TABLE public.entry (
  organization_id uuid NOT NULL,
  transaction_seq bigint NOT NULL,
  line smallint NOT NULL,
  account text NOT NULL,
  grant_id uuid,
  amount bigint NOT NULL,
  CONSTRAINT entry_pkey PRIMARY KEY (organization_id, transaction_seq, line),
  CONSTRAINT entry_account_check CHECK ((account = ANY (ARRAY['grant'::text, 'debt'::text, 'usage'::text, 'funding'::text, 'breakage'::text]))),
  CONSTRAINT entry_amount_check CHECK ((amount <> 0)),
  CONSTRAINT entry_check CHECK (((account = 'grant'::text) = (grant_id IS NOT NULL)))
);
ALTER TABLE public.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.entry FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.entry FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.entry TO tollgate_app;
GRANT INSERT, SELECT ON public.entry TO tollgate_ledger;
GRANT SELECT ON public.entry TO tollgate_operator;

CREATE TABLE public.gateway_secret (
  id uuid NOT NULL,
  name text NOT NULL,
  hash bytea NOT NULL,
  hint text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  revoked_at timestamp(6) with time zone,
  CONSTRAINT gateway_secret_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX gateway_secret_hash_key ON public.gateway_secret USING btree (hash);
GRANT SELECT ON public.gateway_secret TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.gateway_secret TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.gateway_secret TO tollgate_operator;

CREATE TABLE public."grant" (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  amount bigint NOT NULL,
  remaining bigint NOT NULL,
  held bigint DEFAULT 0 NOT NULL,
  priority integer DEFAULT 0 NOT NULL,
  expires_at timestamp(6) with time zone,
  source text NOT NULL,
  reference text,
  cycle integer,
  live boolean DEFAULT true NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT grant_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT grant_amount_check CHECK ((amount > 0)),
  CONSTRAINT grant_check CHECK (((remaining >= 0) AND (remaining <= amount))),
  CONSTRAINT grant_check1 CHECK (((held >= 0) AND (held <= remaining))),
  CONSTRAINT grant_check2 CHECK ((live OR ((remaining = 0) AND (held = 0)))),
  CONSTRAINT grant_kind_check CHECK ((kind = ANY (ARRAY['plan'::text, 'promotional'::text, 'purchased'::text, 'adjustment'::text])))
) WITH (fillfactor=50);
CREATE INDEX grant_organization_id_live_idx ON public."grant" USING btree (organization_id, live);
ALTER TABLE public."grant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public."grant" FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public."grant" FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public."grant" TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public."grant" TO tollgate_ledger;
GRANT SELECT ON public."grant" TO tollgate_operator;

CREATE TABLE public.hold (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  idempotency_key text NOT NULL,
  request_hash uuid NOT NULL,
  state text DEFAULT 'open'::text NOT NULL,
  key_id uuid,
  endpoint text NOT NULL,
  model text NOT NULL,
  quantities bigint[],
  options jsonb,
  tags jsonb,
  resource_type text,
  resource_id text,
  fingerprint text,
  catalogue_version integer NOT NULL,
  discount_percent integer NOT NULL,
  ceiling bigint NOT NULL,
  ceiling_plan bigint NOT NULL,
  grant_ids uuid[],
  grant_amounts bigint[],
  payg_cycle integer,
  opened_on date NOT NULL,
  opened_at timestamp(6) with time zone NOT NULL,
  first_expires_at timestamp(6) with time zone NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  available_after bigint NOT NULL,
  end_key text,
  end_hash uuid,
  ended_at timestamp(6) with time zone,
  end_available bigint,
  cost bigint,
  cost_plan bigint,
  waived bigint,
  transaction_seq bigint,
  member_id uuid,
  late_event_id uuid,
  CONSTRAINT hold_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT hold_check CHECK (((ceiling >= 0) AND ((ceiling_plan >= 0) AND (ceiling_plan <= ceiling)))),
  CONSTRAINT hold_check1 CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  CONSTRAINT hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'settled'::text, 'released'::text, 'expired'::text])))
) WITH (fillfactor=60);
CREATE INDEX hold_expires_at_idx ON public.hold USING btree (expires_at);
CREATE UNIQUE INDEX hold_idempotency_key_organization_id_key ON public.hold USING btree (idempotency_key, organization_id);
ALTER TABLE public.hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.hold FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.hold FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.hold TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.hold TO tollgate_ledger;
GRANT SELECT ON public.hold TO tollgate_operator;

CREATE TABLE public.idempotency_record (
  organization_id uuid NOT NULL,
  scope text NOT NULL,
  idempotency_key text NOT NULL,
  request_hash uuid NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT idempotency_record_pkey PRIMARY KEY (organization_id, scope, idempotency_key)
);
ALTER TABLE public.idempotency_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.idempotency_record FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.idempotency_record FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.idempotency_record TO tollgate_app;
GRANT INSERT, SELECT ON public.idempotency_record TO tollgate_ledger;
GRANT SELECT ON public.idempotency_record TO tollgate_operator;

CREATE TABLE public.invitation (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  email text NOT NULL,
  role text NOT NULL,
  hash bytea NOT NULL,
  invited_by uuid,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  accepted_at timestamp(6) with time zone,
  accepted_by uuid,
  revoked_at timestamp(6) with time zone,
  CONSTRAINT invitation_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT invitation_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT invitation_email_check CHECK ((email = lower(email))),
  CONSTRAINT invitation_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'developer'::text, 'viewer'::text])))
);
CREATE UNIQUE INDEX invitation_hash_key ON public.invitation USING btree (hash);
ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.invitation FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.invitation FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.invitation TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.invitation TO tollgate_ledger;
GRANT SELECT ON public.invitation TO tollgate_operator;

CREATE TABLE public.invoice (
  organization_id uuid NOT NULL,
  id text NOT NULL,
  number text,
  state text NOT NULL,
  total bigint NOT NULL,
  currency text NOT NULL,
  description text NOT NULL,
  payment_id uuid,
  created_at timestamp(6) with time zone NOT NULL,
  paid_at timestamp(6) with time zone,
  pay_url text,
  CONSTRAINT invoice_pkey PRIMARY KEY (organization_id, id)
);
CREATE INDEX invoice_organization_id_created_at_idx ON public.invoice USING btree (organization_id, created_at);
ALTER TABLE public.invoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.invoice FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.invoice FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT, UPDATE ON public.invoice TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.invoice TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.invoice TO tollgate_operator;

CREATE TABLE public.job_state (
  name text NOT NULL,
  until timestamp(6) with time zone NOT NULL,
  CONSTRAINT job_state_pkey PRIMARY KEY (name)
);
GRANT SELECT ON public.job_state TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.job_state TO tollgate_ledger;
GRANT SELECT ON public.job_state TO tollgate_operator;

CREATE TABLE public.key_usage (
  organization_id uuid NOT NULL,
  key_id uuid NOT NULL,
  total_spent bigint DEFAULT 0 NOT NULL,
  total_held bigint DEFAULT 0 NOT NULL,
  day date DEFAULT '-infinity'::date NOT NULL,
  day_spent bigint DEFAULT 0 NOT NULL,
  day_held bigint DEFAULT 0 NOT NULL,
  week date DEFAULT '-infinity'::date NOT NULL,
  week_spent bigint DEFAULT 0 NOT NULL,
  week_held bigint DEFAULT 0 NOT NULL,
  month date DEFAULT '-infinity'::date NOT NULL,
  month_spent bigint DEFAULT 0 NOT NULL,
  month_held bigint DEFAULT 0 NOT NULL,
  used_at timestamp(6) with time zone,
  member_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
  CONSTRAINT key_usage_pkey PRIMARY KEY (organization_id, key_id, member_id)
) WITH (fillfactor=50);
ALTER TABLE public.key_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.key_usage FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.key_usage FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.key_usage TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.key_usage TO tollgate_ledger;
GRANT SELECT ON public.key_usage TO tollgate_operator;

CREATE TABLE public.mail (
  id uuid NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  html text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  sent_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  given_up_at timestamp(6) with time zone,
  CONSTRAINT mail_pkey PRIMARY KEY (id)
);
CREATE INDEX mail_recipient_created_at_idx ON public.mail USING btree (recipient, created_at);
CREATE INDEX mail_waiting ON public.mail USING btree (due_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));
GRANT DELETE, INSERT, SELECT, UPDATE ON public.mail TO tollgate_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.mail TO tollgate_operator;

CREATE TABLE public.member (
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role text NOT NULL,
  limit_total bigint,
  limit_day bigint,
  limit_week bigint,
  limit_month bigint,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  limits_set_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  alert_mails boolean DEFAULT true NOT NULL,
  CONSTRAINT member_pkey PRIMARY KEY (organization_id, user_id),
  CONSTRAINT member_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES public.organization(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT member_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON UPDATE CASCADE ON DELETE RESTRICT,
  CONSTRAINT member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'developer'::text, 'viewer'::text])))
);
CREATE INDEX member_user_id_idx ON public.member USING btree (user_id);
ALTER TABLE public.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.member FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_membership ON public.member FOR SELECT TO tollgate_app USING ((user_id = (NULLIF(current_setting('tollgate.user'::text, true), ''::text))::uuid));
CREATE POLICY own_organization ON public.member FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.member TO tollgate_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.member TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.member TO tollgate_operator;

CREATE TABLE public.meter (
  slot integer NOT NULL,
  name text NOT NULL,
  CONSTRAINT meter_pkey PRIMARY KEY (slot)
);
CREATE UNIQUE INDEX meter_name_key ON public.meter USING btree (name);
GRANT SELECT ON public.meter TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.meter TO tollgate_ledger;
GRANT INSERT, SELECT ON public.meter TO tollgate_operator;

CREATE TABLE public.organization (
  id uuid NOT NULL,
  name text NOT NULL,
  external_id text,
  time_zone text DEFAULT 'UTC'::text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  deleted_at timestamp(6) with time zone,
  CONSTRAINT organization_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX organization_external_id_key ON public.organization USING btree (external_id);
ALTER TABLE public.organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.organization FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.organization FOR ALL TO tollgate_app USING ((id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.organization TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.organization TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.organization TO tollgate_operator;

CREATE TABLE public.payment (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  purpose text NOT NULL,
  state text DEFAULT 'open'::text NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  credit bigint NOT NULL,
  description text NOT NULL,
  pack text,
  plan text,
  "interval" text,
  catalogue_version integer NOT NULL,
  idempotency_key text NOT NULL,
  request_hash uuid NOT NULL,
  created_by uuid,
  payment_method text,
  save_card boolean DEFAULT false NOT NULL,
  session text,
  intent text,
  invoice text,
  tries integer DEFAULT 0 NOT NULL,
  asked_at timestamp(6) with time zone,
  check_at timestamp(6) with time zone,
  failure_code text,
  failure_message text,
  card text,
  grant_id uuid,
  clawed bigint DEFAULT 0 NOT NULL,
  claws integer DEFAULT 0 NOT NULL,
  created_at timestamp(6) with time zone NOT NULL,
  settled_at timestamp(6) with time zone,
  allowance bigint,
  discount_percent integer,
  cycles integer,
  first_cycle integer,
  CONSTRAINT payment_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT payment_check CHECK (((amount >= 0) AND (credit >= 0) AND ((clawed >= 0) AND (clawed <= credit)))),
  CONSTRAINT payment_check1 CHECK (((purpose = 'plan'::text) OR ((allowance IS NULL) AND (cycles IS NULL) AND (first_cycle IS NULL)))),
  CONSTRAINT payment_interval_check CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text]))),
  CONSTRAINT payment_purpose_check CHECK ((purpose = ANY (ARRAY['top_up'::text, 'auto_top_up'::text, 'plan'::text]))),
  CONSTRAINT payment_state_check CHECK ((state = ANY (ARRAY['open'::text, 'succeeded'::text, 'failed'::text, 'canceled'::text]))),
  CONSTRAINT payment_one_auto_top_up EXCLUDE USING btree (organization_id WITH =) WHERE (((purpose = 'auto_top_up'::text) AND (state = 'open'::text)))
);
CREATE INDEX payment_check_at_idx ON public.payment USING btree (check_at);
CREATE UNIQUE INDEX payment_idempotency_key_organization_id_key ON public.payment USING btree (idempotency_key, organization_id);
CREATE UNIQUE INDEX payment_intent_key ON public.payment USING btree (intent);
CREATE UNIQUE INDEX payment_invoice_key ON public.payment USING btree (invoice);
CREATE UNIQUE INDEX payment_session_key ON public.payment USING btree (session);
ALTER TABLE public.payment ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.payment FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.payment FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.payment TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.payment TO tollgate_ledger;
GRANT SELECT ON public.payment TO tollgate_operator;

CREATE TABLE public.payment_customer (
  organization_id uuid NOT NULL,
  customer text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  name text,
  email text,
  CONSTRAINT payment_customer_pkey PRIMARY KEY (organization_id)
);
CREATE UNIQUE INDEX payment_customer_customer_key ON public.payment_customer USING btree (customer);
ALTER TABLE public.payment_customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.payment_customer FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.payment_customer FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT, UPDATE ON public.payment_customer TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.payment_customer TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.payment_customer TO tollgate_operator;

CREATE TABLE public.payment_method (
  organization_id uuid NOT NULL,
  id text NOT NULL,
  brand text NOT NULL,
  last4 text NOT NULL,
  exp_month integer NOT NULL,
  exp_year integer NOT NULL,
  is_default boolean DEFAULT false NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  removed_at timestamp(6) with time zone,
  CONSTRAINT payment_method_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT payment_method_one_default EXCLUDE USING btree (organization_id WITH =) WHERE (is_default)
);
ALTER TABLE public.payment_method ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.payment_method FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.payment_method FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT, UPDATE ON public.payment_method TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.payment_method TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.payment_method TO tollgate_operator;

CREATE TABLE public.payment_refund (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  state text NOT NULL,
  amount bigint,
  reason text NOT NULL,
  note text,
  refund text,
  requested_by uuid,
  created_at timestamp(6) with time zone NOT NULL,
  settled_at timestamp(6) with time zone,
  plan_choice text,
  plan_applied_at timestamp(6) with time zone,
  CONSTRAINT payment_refund_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT payment_refund_amount_check CHECK ((amount > 0)),
  CONSTRAINT payment_refund_plan_choice_check CHECK ((plan_choice = ANY (ARRAY['keep'::text, 'end_now'::text, 'end_at_period_end'::text]))),
  CONSTRAINT payment_refund_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'declined'::text, 'pending'::text, 'succeeded'::text, 'failed'::text])))
);
CREATE INDEX payment_refund_organization_id_payment_id_idx ON public.payment_refund USING btree (organization_id, payment_id);
CREATE UNIQUE INDEX payment_refund_refund_key ON public.payment_refund USING btree (refund);
ALTER TABLE public.payment_refund ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.payment_refund FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.payment_refund FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT INSERT, SELECT, UPDATE ON public.payment_refund TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.payment_refund TO tollgate_ledger;
GRANT INSERT, SELECT, UPDATE ON public.payment_refund TO tollgate_operator;

CREATE TABLE public.session (
  session_token text NOT NULL,
  user_id uuid NOT NULL,
  expires timestamp(6) with time zone NOT NULL,
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  seen_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  address text,
  agent text,
  CONSTRAINT session_pkey PRIMARY KEY (session_token),
  CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX session_id_key ON public.session USING btree (id);
CREATE INDEX session_user_id_idx ON public.session USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE ON public.session TO tollgate_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.session TO tollgate_operator;

CREATE TABLE public.statement (
  organization_id uuid NOT NULL,
  month date NOT NULL,
  time_zone text NOT NULL,
  starts_at timestamp(6) with time zone NOT NULL,
  ends_at timestamp(6) with time zone NOT NULL,
  from_seq bigint NOT NULL,
  to_seq bigint NOT NULL,
  numbers jsonb NOT NULL,
  closed_at timestamp(6) with time zone NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT statement_pkey PRIMARY KEY (organization_id, month)
);
ALTER TABLE public.statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.statement FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.statement FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.statement TO tollgate_app;
GRANT INSERT, SELECT ON public.statement TO tollgate_ledger;
GRANT SELECT ON public.statement TO tollgate_operator;

CREATE TABLE public.subscription (
  organization_id uuid NOT NULL,
  plan text NOT NULL,
  version integer DEFAULT 1 NOT NULL,
  status text DEFAULT 'active'::text NOT NULL,
  allowance bigint NOT NULL,
  discount_percent integer DEFAULT 0 NOT NULL,
  free boolean DEFAULT false NOT NULL,
  anchor_at timestamp(6) with time zone NOT NULL,
  cycle integer DEFAULT 0 NOT NULL,
  cycle_start timestamp(6) with time zone NOT NULL,
  cycle_end timestamp(6) with time zone NOT NULL,
  payg_mode text NOT NULL,
  payg_enabled boolean DEFAULT false NOT NULL,
  payg_limit bigint,
  payg_spent bigint DEFAULT 0 NOT NULL,
  payg_held bigint DEFAULT 0 NOT NULL,
  payg_set_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  anchor_cycle integer DEFAULT 0 NOT NULL,
  paid_cycles integer DEFAULT 0 NOT NULL,
  "interval" text,
  provider_id text,
  past_due_since timestamp(6) with time zone,
  ends_at timestamp(6) with time zone,
  next_plan text,
  next_allowance bigint,
  next_discount_percent integer,
  next_cycle integer,
  opened_seq bigint DEFAULT 0 NOT NULL,
  CONSTRAINT subscription_pkey PRIMARY KEY (organization_id),
  CONSTRAINT subscription_check CHECK (((allowance >= 0) AND (payg_spent >= 0) AND (payg_held >= 0) AND (payg_limit >= 0))),
  CONSTRAINT subscription_discount_percent_check CHECK (((discount_percent >= 0) AND (discount_percent <= 100))),
  CONSTRAINT subscription_interval_check CHECK (("interval" = ANY (ARRAY['month'::text, 'year'::text]))),
  CONSTRAINT subscription_payg_mode_check CHECK ((payg_mode = ANY (ARRAY['toggle'::text, 'always'::text]))),
  CONSTRAINT subscription_status_check CHECK ((status = ANY (ARRAY['active'::text, 'ended'::text])))
) WITH (fillfactor=50);
CREATE UNIQUE INDEX subscription_provider_id_key ON public.subscription USING btree (provider_id);
ALTER TABLE public.subscription ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.subscription FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.subscription FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.subscription TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.subscription TO tollgate_ledger;
GRANT SELECT ON public.subscription TO tollgate_operator;

CREATE TABLE public.tag_total (
  organization_id uuid NOT NULL,
  tag text NOT NULL,
  value text NOT NULL,
  first_at timestamp(6) with time zone NOT NULL,
  last_at timestamp(6) with time zone NOT NULL,
  requests bigint NOT NULL,
  cost bigint NOT NULL,
  models text[],
  tags text[],
  CONSTRAINT tag_total_pkey PRIMARY KEY (organization_id, tag, value)
) WITH (fillfactor=70);
CREATE INDEX tag_total_organization_id_tag_first_at_value_idx ON public.tag_total USING btree (organization_id, tag, first_at, value);
ALTER TABLE public.tag_total ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.tag_total FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.tag_total FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.tag_total TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.tag_total TO tollgate_ledger;
GRANT SELECT ON public.tag_total TO tollgate_operator;

CREATE TABLE public.tag_value (
  organization_id uuid NOT NULL,
  tag text NOT NULL,
  value text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT tag_value_pkey PRIMARY KEY (organization_id, tag, value)
);
ALTER TABLE public.tag_value ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.tag_value FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.tag_value FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.tag_value TO tollgate_app;
GRANT DELETE, INSERT, SELECT ON public.tag_value TO tollgate_ledger;
GRANT SELECT ON public.tag_value TO tollgate_operator;

CREATE TABLE public.tagged_event (
  organization_id uuid NOT NULL,
  tag text NOT NULL,
  value text NOT NULL,
  occurred_at timestamp(6) with time zone NOT NULL,
  event_id uuid NOT NULL,
  CONSTRAINT tagged_event_pkey PRIMARY KEY (organization_id, tag, value, occurred_at, event_id)
);
ALTER TABLE public.tagged_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.tagged_event FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.tagged_event FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.tagged_event TO tollgate_app;
GRANT INSERT, SELECT ON public.tagged_event TO tollgate_ledger;
GRANT SELECT ON public.tagged_event TO tollgate_operator;

CREATE TABLE public.transaction (
  organization_id uuid NOT NULL,
  seq bigint NOT NULL,
  type text NOT NULL,
  amount bigint NOT NULL,
  amount_plan bigint DEFAULT 0 NOT NULL,
  balance_after bigint NOT NULL,
  available_after bigint NOT NULL,
  posted_at timestamp(6) with time zone NOT NULL,
  scope text NOT NULL,
  idempotency_key text NOT NULL,
  request_hash uuid NOT NULL,
  event_id uuid,
  key_id uuid,
  description text,
  resource_type text,
  resource_id text,
  reverses_seq bigint,
  CONSTRAINT transaction_pkey PRIMARY KEY (organization_id, seq),
  CONSTRAINT transaction_seq_check CHECK ((seq > 0)),
  CONSTRAINT transaction_type_check CHECK ((type = ANY (ARRAY['purchase'::text, 'deduction'::text, 'refund'::text, 'grant'::text, 'renewal'::text, 'expiry'::text, 'clawback'::text, 'adjustment'::text])))
);
CREATE UNIQUE INDEX transaction_idempotency_key_organization_id_scope_key ON public.transaction USING btree (idempotency_key, organization_id, scope);
CREATE INDEX transaction_rare ON public.transaction USING btree (organization_id, seq) WHERE (type <> 'deduction'::text);
CREATE INDEX transaction_reverses ON public.transaction USING btree (organization_id, reverses_seq) WHERE (reverses_seq IS NOT NULL);
ALTER TABLE public.transaction ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.transaction FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.transaction FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.transaction TO tollgate_app;
GRANT INSERT, SELECT ON public.transaction TO tollgate_ledger;
GRANT SELECT ON public.transaction TO tollgate_operator;

CREATE TABLE public.usage_rollup (
  organization_id uuid NOT NULL,
  bucket timestamp(0) with time zone NOT NULL,
  endpoint text NOT NULL,
  model text NOT NULL,
  key_id uuid NOT NULL,
  requests bigint NOT NULL,
  quantities bigint[],
  cost bigint NOT NULL,
  member_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
  CONSTRAINT usage_rollup_pkey PRIMARY KEY (organization_id, bucket, endpoint, model, key_id, member_id)
) WITH (fillfactor=70);
ALTER TABLE public.usage_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.usage_rollup FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.usage_rollup FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.usage_rollup TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.usage_rollup TO tollgate_ledger;
GRANT SELECT ON public.usage_rollup TO tollgate_operator;

CREATE TABLE public.usage_tag_rollup (
  organization_id uuid NOT NULL,
  bucket timestamp(0) with time zone NOT NULL,
  tag text NOT NULL,
  value text NOT NULL,
  requests bigint NOT NULL,
  quantities bigint[],
  cost bigint NOT NULL,
  endpoint text NOT NULL,
  model text NOT NULL,
  key_id uuid NOT NULL,
  member_id uuid NOT NULL,
  CONSTRAINT usage_tag_rollup_pkey PRIMARY KEY (organization_id, tag, bucket, value, endpoint, model, key_id, member_id)
);
ALTER TABLE public.usage_tag_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_organization ON public.usage_tag_rollup FOR ALL TO tollgate_ledger, tollgate_operator USING (true);
CREATE POLICY own_organization ON public.usage_tag_rollup FOR ALL TO tollgate_app USING ((organization_id = (NULLIF(current_setting('tollgate.organization'::text, true), ''::text))::uuid));
GRANT SELECT ON public.usage_tag_rollup TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.usage_tag_rollup TO tollgate_ledger;
GRANT SELECT ON public.usage_tag_rollup TO tollgate_operator;

CREATE TABLE public."user" (
  id uuid DEFAULT gen_random_uuid() NOT NULL,
  name text,
  email text NOT NULL,
  email_verified timestamp(6) with time zone,
  image text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  CONSTRAINT user_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX user_email_key ON public."user" USING btree (email);
GRANT DELETE, INSERT, SELECT, UPDATE ON public."user" TO tollgate_app;
GRANT SELECT ON public."user" TO tollgate_ledger;
GRANT DELETE, INSERT, SELECT, UPDATE ON public."user" TO tollgate_operator;

CREATE TABLE public.verification_token (
  identifier text NOT NULL,
  token text NOT NULL,
  expires timestamp(6) with time zone NOT NULL,
  CONSTRAINT verification_token_pkey PRIMARY KEY (identifier, token)
);
GRANT DELETE, INSERT, SELECT, UPDATE ON public.verification_token TO tollgate_app;
GRANT DELETE, INSERT, SELECT, UPDATE ON public.verification_token TO tollgate_operator;

CREATE TABLE public.webhook_event (
  id text NOT NULL,
  type text NOT NULL,
  object_id text,
  payload jsonb NOT NULL,
  state text DEFAULT 'received'::text NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  due_at timestamp(6) with time zone NOT NULL,
  error text,
  created_at timestamp(6) with time zone NOT NULL,
  received_at timestamp(6) with time zone NOT NULL,
  applied_at timestamp(6) with time zone,
  CONSTRAINT webhook_event_pkey PRIMARY KEY (id),
  CONSTRAINT webhook_event_state_check CHECK ((state = ANY (ARRAY['received'::text, 'applied'::text, 'ignored'::text, 'failed'::text])))
);
CREATE INDEX webhook_event_state_due_at_idx ON public.webhook_event USING btree (state, due_at);
GRANT INSERT, SELECT, UPDATE ON public.webhook_event TO tollgate_app;
GRANT INSERT, SELECT, UPDATE ON public.webhook_event TO tollgate_operator;
