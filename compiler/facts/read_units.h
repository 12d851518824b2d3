// Reads translation units through the program that has Clang, and keeps what
// it said, so that a source is parsed again only when something that it is made
// of changed: its bytes, those of a file that it includes, its command, or that
// program. What had errors is parsed again each time. A file that appears where
// an include did not look before is not noticed, as with the dependencies that
// compilers write.
//
// One thread at a time per cache folder; the program itself uses all cores.
#ifndef PALINDROME_COMPILER_FACTS_READ_UNITS_H_
#define PALINDROME_COMPILER_FACTS_READ_UNITS_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include "compiler/facts/compile_command.h"
#include "compiler/facts/unit.h"

namespace palindrome::facts {

struct ReadOptions {
  // Where units are kept; empty: nowhere.
  std::string cache;
  // Functions that are given SQL beside those that are known,
  // `name` or `name:number of the parameter`, from 1.
  std::vector<std::string> query_functions;
};

struct UnitsRead {
  // As the commands are; none where Clang did not get through.
  std::vector<std::optional<Unit>> units;
  std::size_t parsed = 0;  // The others were kept.
  // Why nothing could be kept for the next run; empty: it was, or need not be.
  std::string not_kept;
};

// `program`: the path of palindrome-clang. Fails if it cannot be run. A cache
// that cannot be written is read, and what is new is not kept.
llvm::Expected<UnitsRead> ReadUnits(const std::string& program,
                                    llvm::ArrayRef<CompileCommand> commands,
                                    const ReadOptions& options);

// What that program is asked, as JSON.
struct UnitRequest {
  CompileCommand command;
  std::string output;  // The file for the answer.
};
struct Request {
  std::vector<UnitRequest> units;
  std::vector<std::string> query_functions;
};
std::string WriteRequest(const Request& request);
std::optional<Request> ReadRequest(llvm::StringRef json);

// An answer, and the form in which it is kept.
std::string WriteAnswer(const Unit& unit);
std::optional<Unit> ReadAnswer(llvm::StringRef bytes);

}  // namespace palindrome::facts

#endif  // PALINDROME_COMPILER_FACTS_READ_UNITS_H_
