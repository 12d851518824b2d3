-- A rebuild of a table that others point to.
MIGRATION 'require names of readers'
  REVISION 'b00000000003'
  REVISES  'a00000000001'
  CREATED  '2025-01-03 00:00:00'
  BRANCH   'people';

UPGRADE BEGIN
  ALTER TABLE readers ADD CONSTRAINT ck_readers_name CHECK (name <> '');
END;

DOWNGRADE AUTO;
