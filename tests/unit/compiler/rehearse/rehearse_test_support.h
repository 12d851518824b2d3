// Migrations to rehearse, made of SQL.
//
// Values, for tests on one thread.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_REHEARSE_REHEARSE_TEST_SUPPORT_H_
#define PALINDROME_TESTS_UNIT_COMPILER_REHEARSE_REHEARSE_TEST_SUPPORT_H_

#include <set>
#include <string>

#include "compiler/rehearse/rehearse.h"
#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::rehearse {

inline catalog::Slice SliceOf(const catalog::Catalog& catalog) {
  std::set<catalog::Key> keys;
  for (const catalog::ObjectPtr& object : catalog.Objects()) {
    keys.insert(object->key());
  }
  return catalog::Restrict(catalog, keys);
}

// A migration on `base`, with its downgrade.
struct Case {
  test::Lowered up;
  test::Lowered down;
  Task task;
};

inline Case Make(const std::string& base, const std::string& up,
                 const std::string& down) {
  Case made;
  made.up = test::LowerChange(base, up, lower::sqlite::kDefaultMinimum, true);
  made.down =
      test::LowerChange(base + up, down, lower::sqlite::kDefaultMinimum, true);
  made.task.before = SliceOf(made.up.given.after);
  made.task.after = SliceOf(made.up.change.after);
  made.task.up = made.up.program;
  made.task.down = made.down.program;
  return made;
}

}  // namespace palindrome::rehearse

#endif  // PALINDROME_TESTS_UNIT_COMPILER_REHEARSE_REHEARSE_TEST_SUPPORT_H_
