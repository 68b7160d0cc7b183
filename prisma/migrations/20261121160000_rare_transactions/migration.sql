-- Nearly all transactions are deductions, so a list of the others would walk through all of them. The gate writes
-- deductions only: this index costs a call nothing.
CREATE INDEX transaction_rare ON transaction (organization_id, seq) WHERE type <> 'deduction';
