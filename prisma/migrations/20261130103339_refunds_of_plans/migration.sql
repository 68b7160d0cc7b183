-- What becomes of a plan whose payment is refunded, and when that was done.
ALTER TABLE "payment_refund" ADD COLUMN "plan_choice" TEXT,
  ADD COLUMN "plan_applied_at" TIMESTAMPTZ(6);
ALTER TABLE payment_refund ADD CHECK (plan_choice IN ('keep', 'end_now', 'end_at_period_end'));
