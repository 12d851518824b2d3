// Which triggers a statement fires, and which of them write its own table.
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_FIRING_H_
#define PALINDROME_COMPILER_CATALOG_FIRING_H_

#include <string_view>
#include <vector>

#include "compiler/catalog/catalog.h"

namespace palindrome::catalog {

// The triggers of the table for the event, in the order of their creation.
std::vector<ObjectPtr> TriggersOn(const Catalog& catalog,
                                  std::string_view table,
                                  ast::TriggerEvent event);

// Whether a statement of the body writes the table that the trigger is on.
bool WritesItsTable(const ast::Trigger& trigger);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_FIRING_H_
