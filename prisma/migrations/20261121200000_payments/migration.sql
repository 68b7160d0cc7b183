-- Money in: payments and what they bring, cards, refunds, disputes, invoices, auto top-up, webhooks, and paid plans.
CREATE TABLE "payment_customer" (
    "organization_id" UUID NOT NULL,
    "customer" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_customer_pkey" PRIMARY KEY ("organization_id")
);
CREATE UNIQUE INDEX "payment_customer_customer_key" ON "payment_customer"("customer");

CREATE TABLE "payment_method" (
    "organization_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "exp_month" INTEGER NOT NULL,
    "exp_year" INTEGER NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "payment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "credit" BIGINT NOT NULL,
    "description" TEXT NOT NULL,
    "pack" TEXT,
    "plan" TEXT,
    "interval" TEXT,
    "catalogue_version" INTEGER NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" UUID NOT NULL,
    "created_by" UUID,
    "payment_method" TEXT,
    "save_card" BOOLEAN NOT NULL DEFAULT false,
    "session" TEXT,
    "intent" TEXT,
    "invoice" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(6),
    "check_at" TIMESTAMPTZ(6),
    "failure_code" TEXT,
    "failure_message" TEXT,
    "card" TEXT,
    "grant_id" UUID,
    "clawed" BIGINT NOT NULL DEFAULT 0,
    "claws" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "payment_idempotency_key_organization_id_key" ON "payment"("idempotency_key", "organization_id");
CREATE UNIQUE INDEX "payment_session_key" ON "payment"("session");
CREATE UNIQUE INDEX "payment_intent_key" ON "payment"("intent");
CREATE UNIQUE INDEX "payment_invoice_key" ON "payment"("invoice");
CREATE INDEX "payment_check_at_idx" ON "payment"("check_at");

CREATE TABLE "payment_refund" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "amount" BIGINT,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "refund" TEXT,
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_refund_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "payment_refund_refund_key" ON "payment_refund"("refund");
CREATE INDEX "payment_refund_organization_id_payment_id_idx" ON "payment_refund"("organization_id", "payment_id");

CREATE TABLE "dispute" (
    "organization_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "dispute_organization_id_payment_id_idx" ON "dispute"("organization_id", "payment_id");

CREATE TABLE "invoice" (
    "organization_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "number" TEXT,
    "state" TEXT NOT NULL,
    "total" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "payment_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "paid_at" TIMESTAMPTZ(6),

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "invoice_organization_id_created_at_idx" ON "invoice"("organization_id", "created_at");

CREATE TABLE "auto_top_up" (
    "organization_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "threshold" BIGINT NOT NULL,
    "amount" BIGINT,
    "pack" TEXT,
    "payment_method" TEXT,
    "monthly_cap" BIGINT,
    "due_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "blocked" TEXT,
    "blocked_at" TIMESTAMPTZ(6),
    "capped_month" DATE,
    "set_by" UUID,
    "set_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auto_top_up_pkey" PRIMARY KEY ("organization_id")
);
CREATE INDEX "auto_top_up_due_at_idx" ON "auto_top_up"("due_at");

CREATE TABLE "webhook_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "applied_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_event_state_due_at_idx" ON "webhook_event"("state", "due_at");

ALTER TABLE "balance" ADD COLUMN "top_up_below" BIGINT;
ALTER TABLE "subscription" ADD COLUMN "anchor_cycle" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "paid_cycles" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "interval" TEXT,
  ADD COLUMN "provider_id" TEXT,
  ADD COLUMN "past_due_since" TIMESTAMPTZ(6),
  ADD COLUMN "ends_at" TIMESTAMPTZ(6),
  ADD COLUMN "next_plan" TEXT,
  ADD COLUMN "next_allowance" BIGINT,
  ADD COLUMN "next_discount_percent" INTEGER,
  ADD COLUMN "next_cycle" INTEGER;
CREATE UNIQUE INDEX "subscription_provider_id_key" ON "subscription"("provider_id");

ALTER TABLE payment ADD CHECK (purpose IN ('top_up', 'auto_top_up', 'plan')),
  ADD CHECK (state IN ('open', 'succeeded', 'failed', 'canceled')),
  ADD CHECK (amount >= 0 AND credit >= 0 AND clawed BETWEEN 0 AND credit),
  ADD CHECK ("interval" IN ('month', 'year'));
-- The database itself lets no second auto top-up begin while one is in flight.
ALTER TABLE payment ADD CONSTRAINT payment_one_auto_top_up EXCLUDE (organization_id WITH =)
  WHERE (purpose = 'auto_top_up' AND state = 'open');
ALTER TABLE payment_method ADD CONSTRAINT payment_method_one_default EXCLUDE (organization_id WITH =) WHERE (is_default);
ALTER TABLE payment_refund ADD CHECK (state IN ('requested', 'declined', 'pending', 'succeeded', 'failed')),
  ADD CHECK (amount > 0);
ALTER TABLE dispute ADD CHECK (state IN ('inquiry', 'open', 'won', 'lost'));
ALTER TABLE auto_top_up ADD CHECK (threshold >= 0), ADD CHECK ((amount IS NULL) <> (pack IS NULL)),
  ADD CHECK (blocked IN ('declined', 'suspended', 'authentication_required', 'capped', 'no_card', 'plan_required', 'gap'));
ALTER TABLE webhook_event ADD CHECK (state IN ('received', 'applied', 'ignored', 'failed'));
ALTER TABLE subscription ADD CHECK ("interval" IN ('month', 'year'));

DO $$
DECLARE
  v_table regclass;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['payment_customer', 'payment_method', 'payment', 'payment_refund', 'dispute', 'invoice',
      'auto_top_up']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY own_organization ON %s TO tollgate_app '
      'USING (organization_id = nullif(current_setting(''tollgate.organization'', true), '''')::uuid)', v_table);
    EXECUTE format('CREATE POLICY every_organization ON %s TO tollgate_ledger, tollgate_operator USING (true)', v_table);
    EXECUTE format('GRANT SELECT ON %s TO tollgate_app, tollgate_operator', v_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO tollgate_ledger', v_table);
  END LOOP;
END
$$;
-- Mirrors of the payment provider's own objects; what credits or claws back is written by the ledger's functions only.
GRANT INSERT, UPDATE ON payment_customer, payment_method, payment_refund, dispute, invoice TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON webhook_event TO tollgate_operator, tollgate_app;
