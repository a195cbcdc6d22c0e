/** Steps from one version of the store to the next; a released step never changes. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    extensions TEXT NOT NULL,
    proof TEXT NOT NULL,
    password_hash TEXT,
    subject TEXT UNIQUE,
    disabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    browser TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sessions_of_account ON sessions (account_id, used_at);
  CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    extension TEXT NOT NULL,
    provider TEXT,
    by TEXT NOT NULL,
    before TEXT NOT NULL,
    wanted TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;
  CREATE INDEX edits_of_extension ON edits (extension, id);
  CREATE INDEX edits_of_provider ON edits (provider, id) WHERE result = 'ok';
  `,
  `
  ALTER TABLE edits ADD COLUMN back TEXT;
  ALTER TABLE edits ADD COLUMN planned INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE return_times (
    id INTEGER PRIMARY KEY,
    provider TEXT NOT NULL,
    presence TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    back TEXT NOT NULL
  ) STRICT;
  CREATE INDEX return_times_of_provider ON return_times (provider);
  `,
  `
  CREATE TABLE preferences (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    preferences TEXT NOT NULL
  ) STRICT;
  CREATE TABLE own_groups (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    members TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE templates (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    template TEXT NOT NULL
  ) STRICT;
  CREATE INDEX templates_of_account ON templates (account_id, id);
  CREATE INDEX edits_of_account ON edits (by, id) WHERE result = 'ok';
  CREATE TABLE history_now (
    extension TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    lamp TEXT NOT NULL,
    presence TEXT,
    nth INTEGER NOT NULL,
    before INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    extension TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    lamp TEXT NOT NULL,
    presence TEXT,
    nth INTEGER NOT NULL,
    before INTEGER
  ) STRICT;
  CREATE TABLE followed (
    id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE keys (
    purpose TEXT PRIMARY KEY,
    key BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE accounts ADD COLUMN unlocked_at INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE known_networks (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    network TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, network)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE accounts ADD COLUMN extensions_since TEXT NOT NULL DEFAULT '{}';
  CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seen_at INTEGER NOT NULL,
    jumped_at INTEGER
  ) STRICT;
  INSERT INTO clock (id, seen_at) SELECT 1, max(at) FROM (
    SELECT max(at) AS at FROM edits
    UNION ALL SELECT max(used_at) FROM sessions
    UNION ALL SELECT max(until) FROM followed
  ) HAVING max(at) IS NOT NULL;
  `,
  `
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    account_id INTEGER,
    by TEXT,
    about TEXT,
    address TEXT,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
  CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE edits ADD COLUMN account_id INTEGER;
  ALTER TABLE return_times ADD COLUMN account_id INTEGER;
  CREATE INDEX accounts_by_name ON accounts (name);
  UPDATE edits SET account_id = (SELECT id FROM accounts WHERE name = by AND created_at <= at);
  UPDATE return_times SET account_id = (SELECT id FROM accounts WHERE name = by AND created_at <= at);
  DROP INDEX accounts_by_name;
  DROP INDEX edits_of_account;
  CREATE INDEX edits_of_account ON edits (account_id, id) WHERE result = 'ok';
  `,
  `
  ALTER TABLE edits ADD COLUMN pbx TEXT NOT NULL DEFAULT '';
  DROP INDEX edits_of_provider;
  CREATE INDEX edits_of_provider ON edits (pbx, provider, id) WHERE result = 'ok';
  ALTER TABLE return_times ADD COLUMN pbx TEXT NOT NULL DEFAULT '';
  DROP INDEX return_times_of_provider;
  CREATE INDEX return_times_of_provider ON return_times (pbx, provider);
  ALTER TABLE own_groups RENAME TO user_groups;
  ALTER TABLE user_groups RENAME COLUMN place TO position;
  ALTER TABLE templates RENAME COLUMN place TO position;
  ALTER TABLE followed RENAME TO coverage;
  ALTER TABLE history_now RENAME TO history_current;
  ALTER TABLE history_current RENAME COLUMN nth TO seq;
  ALTER TABLE history_current RENAME COLUMN before TO prev_id;
  ALTER TABLE history RENAME COLUMN nth TO seq;
  ALTER TABLE history RENAME COLUMN before TO prev_id;
  UPDATE edits SET result = CASE result
    WHEN 'overtaken' THEN 'superseded' WHEN 'not-text' THEN 'invalid-text'
    WHEN 'wrong-time' THEN 'invalid-return-time' ELSE 'internal-error' END
    WHERE result IN ('overtaken', 'not-text', 'wrong-time', 'fault');
  UPDATE edits SET back = json_object('at', back ->> 'at', 'thenState', back ->> 'next') WHERE back IS NOT NULL;
  UPDATE return_times SET back = json_object('at', back ->> 'at', 'thenState', back ->> 'next');
  UPDATE templates SET template = json_set(json_remove(template, '$.back'), '$.returnTime', json(
    CASE json_type(template, '$.back') WHEN 'object' THEN json_object(
      'kind', template ->> '$.back.kind', 'minutes', template ->> '$.back.minutes', 'thenState', template ->> '$.back.next')
    ELSE 'null' END));
  UPDATE preferences SET preferences = json_set(json_remove(preferences, '$.tellMe'), '$.watchedExtensions', json(preferences -> '$.tellMe'))
    WHERE json_type(preferences, '$.tellMe') IS NOT NULL;
  UPDATE preferences SET preferences = json_set(json_remove(preferences, '$.sound'), '$.alertSound', json(preferences -> '$.sound'))
    WHERE json_type(preferences, '$.sound') IS NOT NULL;
  UPDATE preferences SET preferences = json_set(json_remove(preferences, '$.singleKeys'), '$.singleKeyShortcuts', json(preferences -> '$.singleKeys'))
    WHERE json_type(preferences, '$.singleKeys') IS NOT NULL;
  UPDATE preferences SET preferences = json_set(json_remove(preferences, '$.filter.show'), '$.filter.preset',
    CASE preferences ->> '$.filter.show' WHEN 'contradictory' THEN 'mismatch' ELSE preferences ->> '$.filter.show' END)
    WHERE json_type(preferences, '$.filter') IS NOT NULL;
  UPDATE preferences SET preferences = json_set(preferences, '$.sort.column', 'return-time') WHERE preferences ->> '$.sort.column' = 'back';
  `,
  `
  ALTER TABLE coverage ADD COLUMN pbx TEXT NOT NULL DEFAULT '';
  `,
  `
  CREATE TABLE invitations (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER invitation_ends_with_new_password AFTER UPDATE OF password_hash ON accounts
  BEGIN DELETE FROM invitations WHERE account_id = NEW.id; END;
  CREATE TRIGGER invitation_ends_when_disabled AFTER UPDATE OF disabled ON accounts WHEN NEW.disabled = 1
  BEGIN DELETE FROM invitations WHERE account_id = NEW.id; END;
  `,
  `
  CREATE TABLE followed_dnd (
    extension TEXT PRIMARY KEY,
    before TEXT,
    is_done INTEGER NOT NULL
  ) STRICT;
  `,
  `
  DELETE FROM coverage WHERE id NOT IN (SELECT max(id) FROM coverage GROUP BY pbx, since);
  CREATE UNIQUE INDEX coverage_of_pbx ON coverage (pbx, since);
  `,
  `
  ALTER TABLE accounts ADD COLUMN limits TEXT;
  `,
  `
  CREATE TABLE directory (
    extension TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX directory_by_revision ON directory (revision);
  CREATE TABLE photos (
    hash TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE hints (
    pbx TEXT PRIMARY KEY,
    hints TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE past_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    extension TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at INTEGER NOT NULL,
    incoming INTEGER NOT NULL,
    party TEXT
  ) STRICT;
  CREATE INDEX past_calls_of_extension ON past_calls (extension, id);
  CREATE INDEX past_calls_by_end ON past_calls (ended_at);
  `,
];
