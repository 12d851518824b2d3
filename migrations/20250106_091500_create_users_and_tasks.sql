-- Where the board begins: people, and what they have to do. A task outlives
-- its owner, so that nothing is forgotten when somebody leaves.
MIGRATION 'create users and tasks'
  REVISION 'f6e5d4c3b2a1'
  REVISES  NONE
  CREATED  '2025-01-06 09:15:00';

UPGRADE BEGIN
  CREATE TABLE users (
    id           INTEGER PRIMARY KEY,
    email        VARCHAR(254) NOT NULL UNIQUE COLLATE NOCASE,
    display_name VARCHAR(80) NOT NULL,
    created_at   TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  );

  CREATE TABLE tasks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id   INTEGER REFERENCES users (id) ON DELETE SET NULL,
    name       VARCHAR(200) NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  );
  CREATE INDEX ix_tasks_owner_id ON tasks (owner_id);
END;

DOWNGRADE BEGIN
  DROP INDEX ix_tasks_owner_id;
  DROP TABLE tasks;
  DROP TABLE users;
END;
