-- No hold is open more than five minutes past its expiry.
SELECT organization_id, id, expires_at, 'the hold should have ended: does the worker run?' AS problem
FROM hold WHERE state = 'open' AND expires_at < now() - interval '5 minutes'
