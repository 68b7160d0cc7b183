-- A limit that is lowered below what is spent only refuses new calls, so a check must know since when it has been in force.
ALTER TABLE member ADD COLUMN limits_set_at TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE api_key ADD COLUMN limits_set_at TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE subscription ADD COLUMN payg_set_at TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;
