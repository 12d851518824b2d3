-- The board sorts by what matters: 1 is urgent, 2 is normal, 3 can wait. Add,
-- backfill, tighten: the statements belong together, and only the last of
-- them makes SQLite rebuild the table that the comments hang on.
MIGRATION 'add priority to tasks'
  REVISION 'd40f6c91e72b'
  REVISES  '71d2b84e05fa'
  CREATED  '2025-05-22 13:44:59';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN priority INTEGER DEFAULT 2;
  -- What somebody waits for is urgent; what is done can wait.
  UPDATE tasks
     SET priority = CASE status WHEN 'blocked' THEN 1 WHEN 'done' THEN 3
                                ELSE 2 END;
  ALTER TABLE tasks ALTER COLUMN priority SET NOT NULL;
  CREATE INDEX ix_tasks_priority ON tasks (priority, created_at DESC);
END;

-- Priorities that were set by hand since then go with the column.
DOWNGRADE BEGIN
  DROP INDEX ix_tasks_priority;
  ALTER TABLE tasks DROP COLUMN priority;
END;
