-- Whose key it was at the call. What was recorded before counts for who owns the key now: nothing tells better.
ALTER TABLE "key_usage" ADD COLUMN "member_id" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE "usage_rollup" ADD COLUMN "member_id" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE "hold" ADD COLUMN "member_id" UUID;
ALTER TABLE ledger.usage_event ADD COLUMN member_id uuid;

UPDATE "key_usage" u SET "member_id" = k."owner_id" FROM "api_key" k
  WHERE k."organization_id" = u."organization_id" AND k."id" = u."key_id" AND k."owner_id" IS NOT NULL;
UPDATE "usage_rollup" r SET "member_id" = k."owner_id" FROM "api_key" k
  WHERE k."organization_id" = r."organization_id" AND k."id" = r."key_id" AND k."owner_id" IS NOT NULL;
UPDATE "hold" h SET "member_id" = k."owner_id" FROM "api_key" k
  WHERE k."organization_id" = h."organization_id" AND k."id" = h."key_id" AND k."owner_id" IS NOT NULL;
UPDATE ledger.usage_event e SET member_id = k."owner_id" FROM "api_key" k
  WHERE k."organization_id" = e.organization_id AND k."id" = e.key_id AND k."owner_id" IS NOT NULL;

ALTER TABLE "key_usage" DROP CONSTRAINT "key_usage_pkey",
  ADD CONSTRAINT "key_usage_pkey" PRIMARY KEY ("organization_id", "key_id", "member_id");
ALTER TABLE "usage_rollup" DROP CONSTRAINT "usage_rollup_pkey",
  ADD CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("organization_id", "bucket", "endpoint", "model", "key_id", "member_id");
