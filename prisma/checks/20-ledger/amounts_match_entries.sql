-- A transaction's amount is what its entries give to the grants and the debt, and so what the balance gained or lost.
SELECT t.organization_id, t.seq, t.type, t.amount, coalesce(sum(e.amount), 0) AS entries,
  'the amount is not what the entries on grants and debt sum to' AS problem
FROM transaction t
LEFT JOIN entry e ON e.organization_id = t.organization_id AND e.transaction_seq = t.seq
  AND e.account IN ('grant', 'debt')
GROUP BY t.organization_id, t.seq, t.type, t.amount
HAVING coalesce(sum(e.amount), 0) <> t.amount
