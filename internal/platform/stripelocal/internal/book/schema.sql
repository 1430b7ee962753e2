CREATE TABLE IF NOT EXISTS stripelocal_objects (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT    NOT NULL UNIQUE,
  object  TEXT    NOT NULL,
  created INTEGER NOT NULL,
  clock   TEXT    NOT NULL,
  due     INTEGER,
  gone    INTEGER NOT NULL DEFAULT 0,
  doc     TEXT    NOT NULL,
  hidden  TEXT
);
CREATE INDEX IF NOT EXISTS stripelocal_objects_list ON stripelocal_objects (object, created, seq);
CREATE INDEX IF NOT EXISTS stripelocal_objects_due ON stripelocal_objects (clock, due) WHERE due IS NOT NULL;

CREATE TABLE IF NOT EXISTS stripelocal_keys (
  object TEXT    NOT NULL,
  name   TEXT    NOT NULL,
  value  TEXT    NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (object, name, value, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stripelocal_keys_seq ON stripelocal_keys (seq);

CREATE TABLE IF NOT EXISTS stripelocal_deliveries (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  event    TEXT    NOT NULL,
  type     TEXT    NOT NULL,
  endpoint TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  queued   INTEGER NOT NULL,
  next     INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  status   INTEGER NOT NULL DEFAULT 0,
  error    TEXT    NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS stripelocal_deliveries_next ON stripelocal_deliveries (next) WHERE next IS NOT NULL;
CREATE INDEX IF NOT EXISTS stripelocal_deliveries_event ON stripelocal_deliveries (event);

CREATE TABLE IF NOT EXISTS stripelocal_attempts (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  took     INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  error    TEXT    NOT NULL
);
CREATE INDEX IF NOT EXISTS stripelocal_attempts_delivery ON stripelocal_attempts (delivery);

CREATE TABLE IF NOT EXISTS stripelocal_idempotency (
  key         TEXT PRIMARY KEY,
  route       TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  status      INTEGER NOT NULL,
  body        TEXT    NOT NULL,
  request     TEXT    NOT NULL,
  at          INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS stripelocal_idempotency_at ON stripelocal_idempotency (at);

CREATE TABLE IF NOT EXISTS stripelocal_settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
INSERT OR IGNORE INTO stripelocal_settings (name, value) VALUES ('lock', '');
