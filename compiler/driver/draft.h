// The draft of a migration that leads from one schema to another, for a person
// to read.
//
// Values; the engine is used on the caller's thread.
#ifndef PALINDROME_COMPILER_DRIVER_DRAFT_H_
#define PALINDROME_COMPILER_DRIVER_DRAFT_H_

#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/config/settings.h"
#include "compiler/driver/desired.h"

namespace palindrome::driver {

struct Draft {
  std::string upgrade;    // Lines with their indentation; empty: nothing to do.
  std::string downgrade;  // The section.
  // What the author is to know, a sentence each.
  std::vector<std::string> remarks;
};

// `is_first`: it begins a history.
Draft MakeDraft(const Desired& desired, const catalog::Catalog& history,
                bool is_first, const config::Settings& settings,
                catalog::Engine& engine);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DRAFT_H_
