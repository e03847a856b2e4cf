-- A new journal, made whole beside its place and then moved there.
CREATE TABLE life (epoch INTEGER NOT NULL, created INTEGER NOT NULL) STRICT;

-- Appended to, never updated. seq runs without a gap; at = microseconds since 1970 (UTC); sum = CRC-32C over the row.
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    type    TEXT    NOT NULL,
    body    BLOB    NOT NULL,
    request TEXT,
    source  TEXT    NOT NULL,
    sum     INTEGER NOT NULL
) STRICT;

-- Where each business day begins: recovery starts at the last one.
CREATE TABLE day (seq INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;

-- How far readers of the journal have come.
CREATE TABLE cursor (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
