-- A dispute stops automatic charges of its organization until an owner allows them again.
ALTER TABLE "dispute" ADD COLUMN "suspended_at" TIMESTAMPTZ(6),
  ADD COLUMN "lifted_at" TIMESTAMPTZ(6),
  ADD COLUMN "lifted_by" UUID;
ALTER TABLE dispute ADD CHECK (lifted_at IS NULL OR suspended_at IS NOT NULL);
ALTER TABLE auto_top_up DROP CONSTRAINT auto_top_up_blocked_check, ADD CHECK (blocked IN ('declined', 'suspended',
  'authentication_required', 'capped', 'no_card', 'plan_required', 'gap', 'returned', 'unavailable'));
-- Those that are open now do so from now on; what is in flight is still looked at.
UPDATE dispute SET suspended_at = clock_timestamp() WHERE state IN ('inquiry', 'open');
UPDATE balance SET top_up_below = NULL
  WHERE organization_id IN (SELECT organization_id FROM dispute WHERE suspended_at IS NOT NULL);
UPDATE auto_top_up a SET due_at = NULL
  WHERE organization_id IN (SELECT organization_id FROM dispute WHERE suspended_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = a.organization_id AND p.purpose = 'auto_top_up'
      AND p.state = 'open');
