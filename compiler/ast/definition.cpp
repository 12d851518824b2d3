#include "compiler/ast/definition.h"

namespace palindrome::ast {

Expression WhenAndBody(const Trigger& trigger) {
  Expression both = trigger.when;
  both.tokens.insert(both.tokens.end(), trigger.body.tokens.begin(),
                     trigger.body.tokens.end());
  return both;
}

}  // namespace palindrome::ast
