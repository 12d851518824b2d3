#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSuppressionWithoutReasonRule = {
    .kind = diagnostics::Kind::kSuppressionWithoutReason,
    .summary = "an ALLOW gives no reason",
    .rationale = R"md(
`ALLOW … BECAUSE '…'` is a signature: somebody has seen the finding, knows
better, and says why. The reason is compiled into the program and shown
wherever the migration is shown. Without it, the next reader cannot tell whether
it was judgement or haste.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, avatar_cache BLOB);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_avatar_cache.sql
MIGRATION 'drop avatar cache'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW drop-column-unarchived BECAUSE '';
  ALTER TABLE users DROP COLUMN avatar_cache;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, avatar_cache BLOB);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_avatar_cache.sql
MIGRATION 'drop avatar cache'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW drop-column-unarchived BECAUSE 'a cache, filled again at login';
  ALTER TABLE users DROP COLUMN avatar_cache;
END;

DOWNGRADE AUTO;
)sql",
};

}  // namespace palindrome::checks
