-- The events of halls as they said them, added to and never changed: body is the payload of evt, without its member "historical".
-- at = ISO 8601 to the tenth of a microsecond; type and at stand in the body as well, and are here to be asked for.
CREATE TABLE event (
    hall  TEXT    NOT NULL,
    epoch INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    at    TEXT    NOT NULL,
    type  TEXT    NOT NULL,
    body  BLOB    NOT NULL,
    PRIMARY KEY (hall, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Where folding begins.
CREATE INDEX event_day ON event (hall, epoch, seq) WHERE type = 'day-opened';
CREATE INDEX event_outline ON event (hall, epoch, seq) WHERE type = 'hall-described';

-- Ranges that the hall itself no longer has: it had removed them by time before this copy came. A late one is taken out of its range.
CREATE TABLE missing (
    hall  TEXT    NOT NULL,
    epoch INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    PRIMARY KEY (hall, epoch, first)
) STRICT, WITHOUT ROWID;

-- Epochs of a journal that was put back to an older state, with the last event that somebody had of the one before, as the hall said.
CREATE TABLE continuation (
    hall       TEXT    NOT NULL,
    epoch      INTEGER NOT NULL,
    from_epoch INTEGER NOT NULL,
    from_seq   INTEGER NOT NULL,
    PRIMARY KEY (hall, epoch)
) STRICT, WITHOUT ROWID;

-- Events that came again with another content. The first content stays in event.
CREATE TABLE contradiction (
    hall  TEXT    NOT NULL,
    epoch INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    body  BLOB    NOT NULL,
    PRIMARY KEY (hall, epoch, seq, body)
) STRICT, WITHOUT ROWID;
