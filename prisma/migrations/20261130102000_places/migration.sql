-- A place of an agent or a workspace is freed by a function of the ledger, under the lock that the gate decides under.
GRANT DELETE ON tag_value TO tollgate_ledger;
