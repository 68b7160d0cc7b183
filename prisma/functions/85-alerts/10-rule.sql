-- Sets the rule: whether worse levels are mailed, and the organization's own threshold, null for none. What changes is
-- told afresh: the job looks at once. Returns the rule before, null without one. Errors: P0002 no such organization.
CREATE OR REPLACE FUNCTION ledger.set_alert_rule(
  p_organization_id uuid, p_now timestamptz, p_level_mails boolean, p_threshold bigint, p_set_by uuid
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_at timestamptz := coalesce(p_now, clock_timestamp());
  v_old alert;
BEGIN
  v_old := ledger.lock_alert(p_organization_id);
  UPDATE alert
    SET level_mails = p_level_mails,
      threshold = p_threshold,
      told = CASE WHEN p_level_mails AND NOT v_old.level_mails THEN 'normal' ELSE told END,
      below = CASE WHEN p_threshold IS DISTINCT FROM v_old.threshold THEN false ELSE below END,
      waiting_since = NULL,
      due_at = v_at,
      set_by = p_set_by,
      set_at = v_at
    WHERE organization_id = p_organization_id;
  IF v_old.set_at IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object('levels', v_old.level_mails, 'threshold', v_old.threshold::text);
END
$$;

-- Sets whether a member gets the mails. Returns the choice before; null if there is no such member.
CREATE OR REPLACE FUNCTION ledger.set_alert_mails(p_organization_id uuid, p_user_id uuid, p_on boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, public, pg_temp AS $$
DECLARE
  v_old boolean;
BEGIN
  SELECT m.alert_mails INTO v_old
    FROM member m
    WHERE m.organization_id = p_organization_id AND m.user_id = p_user_id
    FOR UPDATE;
  UPDATE member SET alert_mails = p_on WHERE organization_id = p_organization_id AND user_id = p_user_id;
  RETURN v_old;
END
$$;
