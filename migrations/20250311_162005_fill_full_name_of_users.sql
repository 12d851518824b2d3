-- Second of three steps: until people have said what they are called, the
-- display name is the best that there is. Names that people enter later stay
-- when this step is undone.
MIGRATION 'fill full name of users'
  REVISION '5b27d9e4f013'
  REVISES  'c85e1f60729d'
  CREATED  '2025-03-11 16:20:05';

UPGRADE BEGIN
  PRESERVE UPDATE users SET full_name = display_name WHERE full_name IS NULL;
END;

DOWNGRADE AUTO;
