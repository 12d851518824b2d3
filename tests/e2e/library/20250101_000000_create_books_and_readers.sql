-- Tables that point to each other, and rows of the library's own.
MIGRATION 'create books and readers'
  REVISION 'a00000000001'
  REVISES  NONE
  CREATED  '2025-01-01 00:00:00';

UPGRADE BEGIN
  CREATE TABLE readers (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    name  TEXT NOT NULL,
    email TEXT COLLATE NOCASE UNIQUE
  );
  CREATE TABLE books (
    isbn  TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    pages TEXT,
    shelf TEXT
  ) WITHOUT ROWID;
  CREATE TABLE loans (
    id     INTEGER PRIMARY KEY,
    isbn   TEXT NOT NULL REFERENCES books (isbn) ON DELETE CASCADE,
    reader INTEGER NOT NULL REFERENCES readers (id) ON DELETE CASCADE
  );
  CREATE INDEX ix_loans_reader ON loans (reader);
  CREATE VIEW lent AS SELECT b.title, r.name
    FROM loans AS l JOIN books AS b ON b.isbn = l.isbn
    JOIN readers AS r ON r.id = l.reader;
END;

DOWNGRADE AUTO;
