-- Format 3. The ledger: every entry of it, chained by hashes (SHA-256 over the one before and the event's row), kept when old days are removed.
-- closes = 1 where a settlement period is closed: what comes later can be folded without what came before.
CREATE TABLE ledger (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, closes INTEGER NOT NULL) STRICT;
CREATE INDEX ledger_closes ON ledger (seq) WHERE closes = 1;
