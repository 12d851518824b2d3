// SQLite as the compiler's `Engine`: an in-memory database per question, under
// the same authorizer as a rehearsal.
//
// Owned by `main`; one thread at a time.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_ENGINE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_ENGINE_H_

#include <memory>

#include "compiler/catalog/engine.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::rehearse::sqlite {

std::unique_ptr<catalog::Engine> MakeEngine(StandIns stand_ins);

// The digests of the objects of a slice, in its order, read from an engine that
// holds it. Empty if it cannot be built, which is a defect of the compiler.
std::vector<NamedDigest> SliceDigests(const catalog::Slice& slice,
                                      const StandIns& stand_ins);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_ENGINE_H_
