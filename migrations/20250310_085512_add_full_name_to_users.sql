-- A display name is a nickname; letters and reports need the name of a person.
-- First of three steps: the column, open to NULL until it has been filled.
MIGRATION 'add full name to users'
  REVISION 'c85e1f60729d'
  REVISES  '3f9c07d1ab42'
  CREATED  '2025-03-10 08:55:12';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN full_name VARCHAR(120);
END;

DOWNGRADE BEGIN
  ALTER TABLE users DROP COLUMN full_name;
END;
