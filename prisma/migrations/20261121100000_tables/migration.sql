-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "external_id" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "balance" (
    "organization_id" UUID NOT NULL,
    "debt" BIGINT NOT NULL DEFAULT 0,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "posted_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'epoch'::timestamptz,

    CONSTRAINT "balance_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(6),
    "image" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "refresh_token" TEXT,
    "access_token" TEXT,
    "expires_at" INTEGER,
    "token_type" TEXT,
    "scope" TEXT,
    "id_token" TEXT,
    "session_state" TEXT,

    CONSTRAINT "account_pkey" PRIMARY KEY ("provider","provider_account_id")
);

-- CreateTable
CREATE TABLE "session" (
    "session_token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("session_token")
);

-- CreateTable
CREATE TABLE "verification_token" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "verification_token_pkey" PRIMARY KEY ("identifier","token")
);

-- CreateTable
CREATE TABLE "member" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "limit_total" BIGINT,
    "limit_day" BIGINT,
    "limit_week" BIGINT,
    "limit_month" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "owner_id" UUID,
    "limit_total" BIGINT,
    "limit_day" BIGINT,
    "limit_week" BIGINT,
    "limit_month" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "key_usage" (
    "organization_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "total_spent" BIGINT NOT NULL DEFAULT 0,
    "total_held" BIGINT NOT NULL DEFAULT 0,
    "day" DATE NOT NULL DEFAULT '-infinity'::date,
    "day_spent" BIGINT NOT NULL DEFAULT 0,
    "day_held" BIGINT NOT NULL DEFAULT 0,
    "week" DATE NOT NULL DEFAULT '-infinity'::date,
    "week_spent" BIGINT NOT NULL DEFAULT 0,
    "week_held" BIGINT NOT NULL DEFAULT 0,
    "month" DATE NOT NULL DEFAULT '-infinity'::date,
    "month_spent" BIGINT NOT NULL DEFAULT 0,
    "month_held" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "key_usage_pkey" PRIMARY KEY ("organization_id","key_id")
);

-- CreateTable
CREATE TABLE "gateway_secret" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "gateway_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalogue_version" (
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalogue_version_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "meter" (
    "slot" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "meter_pkey" PRIMARY KEY ("slot")
);

-- CreateTable
CREATE TABLE "subscription" (
    "organization_id" UUID NOT NULL,
    "plan" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'active',
    "allowance" BIGINT NOT NULL,
    "discount_percent" INTEGER NOT NULL DEFAULT 0,
    "free" BOOLEAN NOT NULL DEFAULT false,
    "anchor_at" TIMESTAMPTZ(6) NOT NULL,
    "cycle" INTEGER NOT NULL DEFAULT 0,
    "cycle_start" TIMESTAMPTZ(6) NOT NULL,
    "cycle_end" TIMESTAMPTZ(6) NOT NULL,
    "payg_mode" TEXT NOT NULL,
    "payg_enabled" BOOLEAN NOT NULL DEFAULT false,
    "payg_limit" BIGINT,
    "payg_spent" BIGINT NOT NULL DEFAULT 0,
    "payg_held" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "grant" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "held" BIGINT NOT NULL DEFAULT 0,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(6),
    "source" TEXT NOT NULL,
    "reference" TEXT,
    "cycle" INTEGER,
    "live" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "hold" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "key_id" UUID,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "quantities" BIGINT[],
    "options" JSONB,
    "tags" JSONB,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "fingerprint" TEXT,
    "catalogue_version" INTEGER NOT NULL,
    "discount_percent" INTEGER NOT NULL,
    "ceiling" BIGINT NOT NULL,
    "ceiling_plan" BIGINT NOT NULL,
    "grant_ids" UUID[],
    "grant_amounts" BIGINT[],
    "payg_cycle" INTEGER,
    "opened_on" DATE NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "first_expires_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "available_after" BIGINT NOT NULL,
    "end_key" TEXT,
    "end_hash" UUID,
    "ended_at" TIMESTAMPTZ(6),
    "end_available" BIGINT,
    "cost" BIGINT,
    "cost_plan" BIGINT,
    "waived" BIGINT,
    "transaction_seq" BIGINT,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "transaction" (
    "organization_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "amount_plan" BIGINT NOT NULL DEFAULT 0,
    "balance_after" BIGINT NOT NULL,
    "available_after" BIGINT NOT NULL,
    "posted_at" TIMESTAMPTZ(6) NOT NULL,
    "scope" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" UUID NOT NULL,
    "event_id" UUID,
    "key_id" UUID,
    "description" TEXT,
    "resource_type" TEXT,
    "resource_id" TEXT,
    "reverses_seq" BIGINT,

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("organization_id","seq")
);

-- CreateTable
CREATE TABLE "entry" (
    "organization_id" UUID NOT NULL,
    "transaction_seq" BIGINT NOT NULL,
    "line" SMALLINT NOT NULL,
    "account" TEXT NOT NULL,
    "grant_id" UUID,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("organization_id","transaction_seq","line")
);

-- CreateTable
CREATE TABLE "usage_rollup" (
    "organization_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "endpoint" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "requests" BIGINT NOT NULL,
    "quantities" BIGINT[],
    "cost" BIGINT NOT NULL,

    CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("organization_id","bucket","endpoint","model","key_id")
);

-- CreateTable
CREATE TABLE "usage_tag_rollup" (
    "organization_id" UUID NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "tag" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "requests" BIGINT NOT NULL,
    "quantities" BIGINT[],
    "cost" BIGINT NOT NULL,

    CONSTRAINT "usage_tag_rollup_pkey" PRIMARY KEY ("organization_id","bucket","tag","value")
);

-- CreateTable
CREATE TABLE "tag_value" (
    "organization_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tag_value_pkey" PRIMARY KEY ("organization_id","tag","value")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "organization_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" UUID NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("organization_id","scope","idempotency_key")
);

-- CreateTable
CREATE TABLE "job_state" (
    "name" TEXT NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "job_state_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_external_id_key" ON "organization"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "gateway_secret_hash_key" ON "gateway_secret"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "meter_name_key" ON "meter"("name");

-- CreateIndex
CREATE INDEX "grant_organization_id_live_idx" ON "grant"("organization_id", "live");

-- CreateIndex
CREATE INDEX "hold_expires_at_idx" ON "hold"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "hold_idempotency_key_organization_id_key" ON "hold"("idempotency_key", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "transaction_idempotency_key_organization_id_scope_key" ON "transaction"("idempotency_key", "organization_id", "scope");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

