-- `users` has names, tasks have titles; reports that join both read better.
MIGRATION 'rename name of tasks to title'
  REVISION '71d2b84e05fa'
  REVISES  'e0943ac6b87f'
  CREATED  '2025-04-07 11:33:48';

UPGRADE BEGIN
  ALTER TABLE tasks RENAME COLUMN name TO title;
END;

DOWNGRADE BEGIN
  ALTER TABLE tasks RENAME COLUMN title TO name;
END;
