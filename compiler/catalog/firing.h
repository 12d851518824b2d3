// Which triggers a statement fires, and which interfere with what it writes.
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

// The triggers, oldest first, of the same table, time and event that were
// created after this one.
std::vector<ObjectPtr> YoungerTriggers(const Object& trigger,
                                       const Catalog& catalog);

// Whether the trigger may keep the rows of its table from being as a statement
// writes them: it writes that table, itself or by triggers that it fires, or it
// raises an error.
bool InterferesWithRows(const ast::Trigger& trigger, const Catalog& catalog);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_FIRING_H_
