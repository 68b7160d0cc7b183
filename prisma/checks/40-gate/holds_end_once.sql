-- A settled hold has exactly one deduction (none if it was free); any other hold has none.
SELECT h.organization_id, h.id, h.state, h.cost, h.transaction_seq, coalesce(t.deductions, 0) AS deductions,
  'settled means exactly one deduction, any other state none' AS problem
FROM hold h
LEFT JOIN (
  SELECT organization_id, event_id, count(*) AS deductions, max(seq) AS seq FROM transaction
  WHERE type = 'deduction' GROUP BY organization_id, event_id
) AS t ON t.organization_id = h.organization_id AND t.event_id = h.id
WHERE coalesce(t.deductions, 0) <> CASE WHEN h.state = 'settled' AND h.cost > 0 THEN 1 ELSE 0 END
  OR t.seq IS DISTINCT FROM h.transaction_seq OR (h.state = 'open') <> (h.ended_at IS NULL)
  OR (h.state <> 'settled' AND h.cost > 0) OR (h.state = 'settled' AND h.cost IS NULL)
