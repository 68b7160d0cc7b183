-- A hold is settled exactly when it has one deduction (none when it cost nothing); any other hold has none.
SELECT h.organization_id, h.id, h.state, h.cost, h.transaction_seq, count(t.seq) AS deductions,
  'settled means exactly one deduction, any other state none' AS problem
FROM hold h
LEFT JOIN transaction t ON t.organization_id = h.organization_id AND t.event_id = h.id AND t.type = 'deduction'
GROUP BY h.organization_id, h.id, h.state, h.cost, h.transaction_seq, h.ended_at
HAVING count(t.seq) <> CASE WHEN h.state = 'settled' AND h.cost > 0 THEN 1 ELSE 0 END
  OR max(t.seq) IS DISTINCT FROM h.transaction_seq OR (h.state = 'open') <> (h.ended_at IS NULL)
  OR (h.state <> 'settled' AND h.cost > 0) OR (h.state = 'settled' AND h.cost IS NULL)
