-- What an organization's mails about its balance go by: its rule, and what they told last.
CREATE TABLE "alert" (
  "organization_id" UUID NOT NULL,
  "level_mails" BOOLEAN NOT NULL DEFAULT true,
  "threshold" BIGINT,
  "told" TEXT NOT NULL DEFAULT 'normal',
  "told_at" TIMESTAMPTZ(6),
  "below" BOOLEAN NOT NULL DEFAULT false,
  "below_at" TIMESTAMPTZ(6),
  "waiting_since" TIMESTAMPTZ(6),
  "due_at" TIMESTAMPTZ(6),
  "set_by" UUID,
  "set_at" TIMESTAMPTZ(6),

  CONSTRAINT "alert_pkey" PRIMARY KEY ("organization_id")
);
ALTER TABLE alert ADD CONSTRAINT alert_told CHECK (told IN ('normal', 'low', 'warning', 'critical'));
ALTER TABLE alert ADD CONSTRAINT alert_threshold CHECK (threshold > 0);
CREATE INDEX "alert_due_at_idx" ON "alert"("due_at");

ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON alert TO tollgate_app
  USING (organization_id = nullif(current_setting('tollgate.organization', true), '')::uuid);
CREATE POLICY every_organization ON alert TO tollgate_ledger, tollgate_operator USING (true);
GRANT SELECT ON alert TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT, UPDATE ON alert TO tollgate_ledger;

-- Each member's own choice.
ALTER TABLE member ADD COLUMN alert_mails BOOLEAN NOT NULL DEFAULT true;
