-- The board needs to know how far each task is. Tasks that exist already have
-- not been looked at, so they are pending.
MIGRATION 'add status to tasks'
  REVISION 'a1b2c3d4e5f6'
  REVISES  'f6e5d4c3b2a1'
  CREATED  '2025-01-15 14:30:22';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN status VARCHAR(20) NOT NULL DEFAULT 'pending';
  -- The board's columns are queries by status.
  CREATE INDEX ix_tasks_status ON tasks (status);
END;

DOWNGRADE BEGIN
  DROP INDEX ix_tasks_status;
  ALTER TABLE tasks DROP COLUMN status;
END;
