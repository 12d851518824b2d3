#include "runtime/src/program.h"

#include <charconv>
#include <optional>
#include <utility>

#include "runtime/src/sha256.h"
#include <palindrome/migration.h>

namespace palindrome {
namespace {

constexpr std::string_view kName = "palindrome-program ";
constexpr std::string_view kVersion = "1";

Status Corrupt() {
  return {StatusCode::kCorruptLedger,
          "a stored down program is not in the form that it was written in"};
}

// Takes what stands before `end`, and `end`, from the front of `text`.
std::optional<std::string_view> TakeUntil(std::string_view* text, char end) {
  const std::size_t at = text->find(end);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view taken = text->substr(0, at);
  text->remove_prefix(at + 1);
  return taken;
}

// A decimal number as EncodeProgram writes it, ended by `end`.
std::optional<std::uint32_t> TakeNumber(std::string_view* text, char end) {
  const auto digits = TakeUntil(text, end);
  if (!digits) {
    return std::nullopt;
  }
  std::uint32_t number = 0;
  const auto [at, error] =
      std::from_chars(digits->data(), digits->data() + digits->size(), number);
  if (error != std::errc() || std::to_string(number) != *digits) {
    return std::nullopt;
  }
  return number;
}

std::optional<ProgramStatement> TakeStatement(std::string_view* text) {
  const auto flags = TakeNumber(text, ' ');
  if (!flags) {
    return std::nullopt;
  }
  const auto size = TakeNumber(text, '\n');
  if (!size || text->size() <= *size || (*text)[*size] != '\n') {
    return std::nullopt;
  }
  ProgramStatement statement = {*flags, std::string(text->substr(0, *size))};
  text->remove_prefix(std::size_t{*size} + 1);
  return statement;
}

}  // namespace

std::string EncodeProgram(const Program& program) {
  std::string text = std::string(kName) + std::string(kVersion) + '\n';
  for (const ProgramStatement& statement : program.statements) {
    text += std::to_string(statement.flags) + ' ' +
            std::to_string(statement.sql.size()) + '\n';
    text += statement.sql;
    text += '\n';
  }
  return text;
}

Result<Program> DecodeProgram(std::string_view text) {
  const auto first = TakeUntil(&text, '\n');
  if (!first || !first->starts_with(kName)) {
    return Corrupt();
  }
  if (first->substr(kName.size()) != kVersion) {
    return Status(StatusCode::kUnsupportedLedger,
                  "a stored down program has format `" +
                      std::string(first->substr(kName.size())) +
                      "`, which this program does not know");
  }
  Program program;
  while (!text.empty()) {
    auto statement = TakeStatement(&text);
    if (!statement) {
      return Corrupt();
    }
    if ((statement->flags & ~table::kKnownStatementFlags) != 0) {
      return Status(StatusCode::kUnsupportedLedger,
                    "a stored down program has flags that this program does "
                    "not know");
    }
    program.statements.push_back(*std::move(statement));
  }
  return program;
}

std::string ProgramDigest(const Program& program) {
  return "p1:" + Sha256Hex(EncodeProgram(program));
}

}  // namespace palindrome
