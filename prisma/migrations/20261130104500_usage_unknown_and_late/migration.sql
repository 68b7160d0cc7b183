-- How a call's usage was known: null is as reported; `unknown` was taken without it, `late` came after the hold expired.
ALTER TABLE ledger.usage_event
  ADD COLUMN usage text CHECK (usage IN ('unknown', 'late')),
  -- The expired hold whose usage this is.
  ADD COLUMN hold_id uuid,
  -- What late usage cost beyond what could be paid, where the catalogue makes no debt of it.
  ADD COLUMN unfunded bigint CHECK (unfunded >= 0);
-- For those who review: few rows, so calls whose usage was reported pay nothing for it.
CREATE INDEX usage_event_review ON ledger.usage_event (organization_id, occurred_at, id) WHERE usage IS NOT NULL;

-- The event of usage that came after the hold had expired: once per hold.
ALTER TABLE "hold" ADD COLUMN "late_event_id" UUID;
