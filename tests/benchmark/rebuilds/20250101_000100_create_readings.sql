MIGRATION 'create readings'
  REVISION 'rebuild01'
  REVISES  NONE
  CREATED  '2025-01-01 00:01:00';

UPGRADE BEGIN
  CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    sensor TEXT,
    value REAL,
    unit TEXT,
    note TEXT
  );
END;

DOWNGRADE AUTO;
