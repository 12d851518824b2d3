-- Last of three steps: every user has a full name, and from now on must.
MIGRATION 'require full name of users'
  REVISION 'e0943ac6b87f'
  REVISES  '5b27d9e4f013'
  CREATED  '2025-03-18 09:01:30';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN full_name SET NOT NULL;
END;

DOWNGRADE BEGIN
  ALTER TABLE users ALTER COLUMN full_name DROP NOT NULL;
END;
