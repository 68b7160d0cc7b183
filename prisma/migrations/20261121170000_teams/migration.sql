-- People: sessions that can be ended, invitations, mails, what a key may call and its rotation, and who did what.
ALTER TABLE "organization" ADD COLUMN "deleted_at" TIMESTAMPTZ(6);

ALTER TABLE "session" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "address" TEXT,
  ADD COLUMN "agent" TEXT;
CREATE UNIQUE INDEX "session_id_key" ON "session"("id");
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

ALTER TABLE "api_key" ADD COLUMN "generation" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "previous_hash" BYTEA,
  ADD COLUMN "previous_until" TIMESTAMPTZ(6),
  ADD COLUMN "endpoints" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "models" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE UNIQUE INDEX "api_key_previous_hash_key" ON "api_key"("previous_hash");
ALTER TABLE "key_usage" ADD COLUMN "used_at" TIMESTAMPTZ(6);

CREATE TABLE "invitation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_at" TIMESTAMPTZ(6),
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation"("hash");
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id")
  REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "audit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT,
    "action" TEXT NOT NULL,
    "object_type" TEXT NOT NULL,
    "object_id" TEXT,
    "object_name" TEXT,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,
    "agent" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "mail_recipient_created_at_idx" ON "mail"("recipient", "created_at");

ALTER TABLE invitation ADD CHECK (role IN ('admin', 'developer', 'viewer')), ADD CHECK (email = lower(email));
ALTER TABLE audit_entry ADD CHECK (actor_type IN ('user', 'key', 'gateway', 'operator', 'job'));

DO $$
DECLARE
  v_table regclass;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['invitation', 'audit_entry']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY own_organization ON %s TO tollgate_app '
      'USING (organization_id = nullif(current_setting(''tollgate.organization'', true), '''')::uuid)', v_table);
    EXECUTE format('CREATE POLICY every_organization ON %s TO tollgate_ledger, tollgate_operator USING (true)', v_table);
  END LOOP;
END
$$;
-- Nobody but the tables' owner may change or remove what was written down about who did what.
GRANT SELECT, INSERT ON audit_entry TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON invitation TO tollgate_ledger;
GRANT SELECT ON invitation TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO tollgate_app, tollgate_operator;
GRANT DELETE ON member TO tollgate_ledger;
-- Members and keys change under the lock that the gate decides under, so by the functions only.
REVOKE INSERT, UPDATE ON member, api_key FROM tollgate_app;
