-- People talk about a task on its card. What was said goes with the task.
MIGRATION 'create task comments'
  REVISION '3f9c07d1ab42'
  REVISES  'a1b2c3d4e5f6'
  CREATED  '2025-02-03 10:17:40';

UPGRADE BEGIN
  CREATE TABLE task_comments (
    id         INTEGER PRIMARY KEY,
    task_id    INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    author_id  INTEGER REFERENCES users (id) ON DELETE SET NULL,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
  );
  CREATE INDEX ix_task_comments_task_id ON task_comments (task_id);
END;

-- Everything above is created here, so the inverse follows from it.
DOWNGRADE AUTO;
