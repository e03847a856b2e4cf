-- What the demo biller must know after a restart. No account number stands here: only a keyed hash and the last four digits.
CREATE TABLE IF NOT EXISTS seal (secret BLOB NOT NULL);

CREATE TABLE IF NOT EXISTS bill (
  reference TEXT PRIMARY KEY,
  biller TEXT NOT NULL,
  account TEXT NOT NULL,
  last_four TEXT NOT NULL,
  nature TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;

-- number counts up by booking; state: confirmed, refused, cancelled. A row without a body is a key that was cancelled before it came.
CREATE TABLE IF NOT EXISTS posting (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  biller TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT,
  state TEXT NOT NULL,
  reason TEXT,
  account TEXT,
  last_four TEXT,
  amount INTEGER NOT NULL DEFAULT 0,
  terminal TEXT,
  period INTEGER,
  at INTEGER NOT NULL,
  UNIQUE (biller, key)
);

CREATE INDEX IF NOT EXISTS posting_account ON posting (biller, account);
