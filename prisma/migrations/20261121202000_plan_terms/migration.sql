-- What a plan's payment brings, frozen before the provider is asked, and with which transaction a cycle was opened.
ALTER TABLE "payment" ADD COLUMN "allowance" BIGINT,
  ADD COLUMN "discount_percent" INTEGER,
  ADD COLUMN "cycles" INTEGER,
  ADD COLUMN "first_cycle" INTEGER;
ALTER TABLE "subscription" ADD COLUMN "opened_seq" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD CHECK ((purpose = 'plan') OR (allowance IS NULL AND cycles IS NULL AND first_cycle IS NULL));
UPDATE subscription s SET opened_seq = coalesce((SELECT max(t.seq) FROM transaction t
    WHERE t.organization_id = s.organization_id AND t.type = 'renewal' AND t.posted_at >= s.cycle_start), 0),
  paid_cycles = CASE WHEN s.free THEN s.paid_cycles ELSE s.cycle + 1 END;
