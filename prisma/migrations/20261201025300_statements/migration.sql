-- The numbers of an organization's closed months, each chained to the one before by its hash.
CREATE TABLE "statement" (
  "organization_id" UUID NOT NULL,
  "month" DATE NOT NULL,
  "time_zone" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(6) NOT NULL,
  "ends_at" TIMESTAMPTZ(6) NOT NULL,
  "from_seq" BIGINT NOT NULL,
  "to_seq" BIGINT NOT NULL,
  "numbers" JSONB NOT NULL,
  "closed_at" TIMESTAMPTZ(6) NOT NULL,
  "previous_hash" BYTEA NOT NULL,
  "hash" BYTEA NOT NULL,

  CONSTRAINT "statement_pkey" PRIMARY KEY ("organization_id", "month")
);

ALTER TABLE statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON statement TO tollgate_app
  USING (organization_id = nullif(current_setting('tollgate.organization', true), '')::uuid);
CREATE POLICY every_organization ON statement TO tollgate_ledger, tollgate_operator USING (true);
GRANT SELECT ON statement TO tollgate_app, tollgate_operator;
GRANT SELECT, INSERT ON statement TO tollgate_ledger;
