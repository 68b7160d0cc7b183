-- What the customer is to be told of auto top-up, and the level at which the charge in flight was begun.
ALTER TABLE "auto_top_up" ADD COLUMN "from_level" BIGINT,
  ADD COLUMN "notice" TEXT;
CREATE INDEX "auto_top_up_notice_idx" ON "auto_top_up"("notice");

ALTER TABLE auto_top_up DROP CONSTRAINT auto_top_up_blocked_check, ADD CHECK (blocked IN ('declined', 'suspended',
  'authentication_required', 'capped', 'no_card', 'plan_required', 'gap', 'unavailable'));
