-- Why it is so.
/* And
 * more. */
MIGRATION 'create users'
  REVISION 'a1'
  REVISES  NONE
  CREATED  '2025-01-15 14:30:22';

UPGRADE BEGIN
  DROP VIEW v;
END;

DOWNGRADE AUTO;
