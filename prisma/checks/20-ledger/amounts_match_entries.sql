-- A transaction's amount is the sum of its entries on grants and debt, and so the change of the balance.
SELECT t.organization_id, t.seq, t.type, t.amount, coalesce(sum(e.amount), 0) AS entries,
  'the amount is not the sum of the entries on grants and debt' AS problem
FROM transaction t
LEFT JOIN entry e ON e.organization_id = t.organization_id AND e.transaction_seq = t.seq
  AND e.account IN ('grant', 'debt')
GROUP BY t.organization_id, t.seq, t.type, t.amount
HAVING coalesce(sum(e.amount), 0) <> t.amount
