// The digest of all that a rehearsal depends on: equal digests, equal results.
//
// Remembers the digests of objects and rows that tasks share, and keeps these
// alive, so that a history of any length costs what is new in each task. One
// thread at a time.
#ifndef PALINDROME_COMPILER_REHEARSE_TASK_DIGEST_H_
#define PALINDROME_COMPILER_REHEARSE_TASK_DIGEST_H_

#include <string>
#include <unordered_map>

#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/squash.h"

namespace palindrome::rehearse {

class TaskDigests {
 public:
  // `maker` is whatever else results depend on: the compiler and its engine.
  explicit TaskDigests(std::string maker) : maker_(std::move(maker)) {}

  // Of what Rehearse depends on, and of what RunForRows does.
  std::string OfRehearsal(const Task& task);
  std::string OfRows(const Task& task);
  // Of what ProveSquash depends on.
  std::string OfProof(const SquashTask& task);
  // Of rows that several tasks may share.
  const std::string& Of(const Inserts& inserts);

 private:
  class Fields;

  const std::string& Of(const catalog::ObjectPtr& object);

  std::string maker_;
  std::unordered_map<catalog::ObjectPtr, std::string> objects_;
  std::unordered_map<Inserts, std::string> inserts_;
};

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_TASK_DIGEST_H_
