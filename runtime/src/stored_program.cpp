#include "runtime/src/stored_program.h"

#include <string>
#include <utility>

#include "runtime/src/sha256.h"

namespace palindrome {

Result<Program> ReadStoredProgram(const AppliedRevision& row) {
  StatusDetails details;
  details.revision = row.revision;
  if (row.down_program.empty() && row.down_digest.empty()) {
    return Status(StatusCode::kNoStoredProgram,
                  "the database keeps no down program of revision `" +
                      row.revision + "`; use the program that applied it",
                  std::move(details));
  }
  if ("p1:" + Sha256Hex(row.down_program) != row.down_digest) {
    return Status(StatusCode::kCorruptLedger,
                  "the stored down program of revision `" + row.revision +
                      "` is not the one that was stored",
                  std::move(details));
  }
  auto program = DecodeProgram(row.down_program);
  if (!program.ok()) {
    return Status(program.status().code(), program.status().message(),
                  std::move(details));
  }
  return program;
}

}  // namespace palindrome
