-- The board shows three lanes; a task outside of them would not be seen. SQLite
-- cannot add a constraint to a table, so this rebuilds `tasks` as a whole: its
-- indexes, its sequence and the comments below it stay as they are.
MIGRATION 'limit priority of tasks'
  REVISION '9a6e35f8c1d0'
  REVISES  'd40f6c91e72b'
  CREATED  '2025-06-30 17:02:11';

UPGRADE BEGIN
  ALTER TABLE tasks
    ADD CONSTRAINT ck_tasks_priority CHECK (priority BETWEEN 1 AND 3);
END;

DOWNGRADE BEGIN
  ALTER TABLE tasks DROP CONSTRAINT ck_tasks_priority;
END;
