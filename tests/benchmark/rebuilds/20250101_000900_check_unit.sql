MIGRATION 'check unit'
  REVISION 'rebuild09'
  REVISES  'rebuild08'
  CREATED  '2025-01-01 00:09:00';

UPGRADE BEGIN
  ALTER TABLE readings ADD CONSTRAINT ck_unit CHECK (length(unit) <= 8);
END;

DOWNGRADE AUTO;
