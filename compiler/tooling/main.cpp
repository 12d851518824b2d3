// palindrome-clang: reads translation units for palindrome, which calls it with
// a file that says which, and where the answers go.
#include <string>

#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/raw_ostream.h"

#include "compiler/diagnostics/streams.h"
#include "compiler/facts/read_units.h"
#include "compiler/tooling/unit.h"

namespace {

using palindrome::facts::Request;
using palindrome::facts::UnitRequest;

// Sources nest deeper than threads have room for.
constexpr unsigned kStackSize = 64U << 20U;

void Answer(const UnitRequest& request,
            const palindrome::tooling::ParseOptions& options) {
  const std::string answer = palindrome::facts::WriteAnswer(
      palindrome::tooling::ParseUnit(request.command, options));
  if (auto error =
          llvm::writeToOutput(request.output, [&](llvm::raw_ostream& out) {
            out << answer;
            return llvm::Error::success();
          })) {
    llvm::errs() << "palindrome-clang: " << llvm::toString(std::move(error))
                 << '\n';
  }
}

int Run(int argc, char** argv) {
  if (argc != 2) {
    llvm::errs() << "palindrome-clang is called by palindrome\n";
    return 2;
  }
  const auto buffer = llvm::MemoryBuffer::getFile(argv[1]);
  const auto request =
      buffer ? palindrome::facts::ReadRequest((*buffer)->getBuffer())
             : std::nullopt;
  if (!request) {
    llvm::errs() << "palindrome-clang: `" << argv[1] << "` is no request\n";
    return 2;
  }
  const palindrome::tooling::ParseOptions options = {
      PALINDROME_CLANG_RESOURCE_DIR, request->query_functions};
  // A source that Clang does not survive has no answer; the others do.
  llvm::CrashRecoveryContext::Enable();
  llvm::DefaultThreadPool pool;
  for (const UnitRequest& unit : request->units) {
    pool.async([&unit, &options] {
      llvm::CrashRecoveryContext recovery;
      recovery.RunSafelyOnThread([&] { Answer(unit, options); }, kStackSize);
    });
  }
  pool.wait();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int status = Run(argc, argv);
  return palindrome::diagnostics::FinishStreams(
      "palindrome-clang", llvm::outs(), llvm::errs(), status);
}
