-- Format 2. The member of staff who asked; null for customers, devices and the clock.
ALTER TABLE event ADD COLUMN who TEXT;

-- Facts about staff, books and devices: read over many days, and kept when the events of old days are removed.
CREATE TABLE note (seq INTEGER PRIMARY KEY) STRICT;

-- One for each closed day, derived from its events.
CREATE TABLE report (day TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Names and telephone numbers: never in an event, so that they can be erased. until = seconds since 1970.
CREATE TABLE personal (id TEXT PRIMARY KEY, body TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
