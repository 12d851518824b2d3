// What SQLite's messages say, as classes and names.

#include <sqlite3.h>

#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/facts.h"

namespace palindrome::rehearse::sqlite {

namespace {

using Class = catalog::EngineError::Class;

struct Pattern {
  std::string_view prefix;
  std::string_view end;  // Of the name; empty: the end of the message.
  Class error_class;
};

constexpr Pattern kPatterns[] = {
    {"no such table: ", "", Class::kUnknownTable},
    {"no such view: ", "", Class::kUnknownTable},
    {"no such column: ", "", Class::kUnknownColumn},
    {"has no column named ", "", Class::kUnknownColumn},
    {"no such function: ", "", Class::kUnknownFunction},
    {"unknown function: ", "()", Class::kUnknownFunction},
    {"no such collation sequence: ", "", Class::kUnknownCollation},
    {"unrecognized token: ", "", Class::kSyntax},
};

// The message in the style of ours: no capital at its start unless it belongs
// to a word in capitals, and tables by the names that they will have.
std::string Normalize(std::string_view message) {
  std::string text(message);
  constexpr std::string_view kInterim = "_palindrome_new_";
  for (auto at = text.find(kInterim); at != std::string::npos;
       at = text.find(kInterim, at)) {
    text.erase(at, kInterim.size());
  }
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 1 && is_upper(text[0]) && !is_upper(text[1])) {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         text.substr(text.size() - end.size()) == end;
}

// "main.t" is "t": a schema name is not the author's. Newer engines guess what
// a name in double quotes was meant to be.
std::string NameOf(std::string_view rest, std::string_view end) {
  if (EndsWith(rest, end)) {
    rest.remove_suffix(end.size());
  }
  constexpr std::string_view kGuess =
      "\" - should this be a string literal in single-quotes?";
  if (EndsWith(rest, kGuess)) {
    rest.remove_prefix(1);
    rest.remove_suffix(kGuess.size());
  }
  constexpr std::string_view kMain = "main.";
  if (rest.substr(0, kMain.size()) == kMain) {
    rest.remove_prefix(kMain.size());
  }
  return std::string(rest);
}

std::vector<std::string> OwnNames(Class error_class) {
  const EngineFacts& facts = Facts();
  if (error_class == Class::kUnknownFunction) {
    return {facts.functions.begin(), facts.functions.end()};
  }
  if (error_class == Class::kUnknownCollation) {
    return {facts.collations.begin(), facts.collations.end()};
  }
  return {};
}

}  // namespace

catalog::EngineError Classify(int code, std::string_view message, int offset,
                              const std::optional<std::string>& denied) {
  catalog::EngineError error;
  if (offset >= 0) {
    error.offset = static_cast<std::uint32_t>(offset);
  }
  if (denied) {
    error.error_class = Class::kForbidden;
    error.name = *denied;
    error.message = *denied + " is not allowed";
    return error;
  }
  if ((code & 0xff) == SQLITE_INTERRUPT) {
    error.message = "the statement was stopped after " +
                    std::to_string(kMaxSteps / 1'000'000) +
                    " million steps of the engine; it does not seem to end";
    return error;
  }
  error.message = Normalize(message);
  if (message.find("may not be modified") != std::string_view::npos) {
    error.error_class = Class::kForbidden;
    return error;
  }
  for (const Pattern& pattern : kPatterns) {
    const auto at = message.find(pattern.prefix);
    if (at != std::string_view::npos) {
      error.error_class = pattern.error_class;
      error.name =
          NameOf(message.substr(at + pattern.prefix.size()), pattern.end);
      error.known = OwnNames(error.error_class);
      return error;
    }
  }
  if (EndsWith(message, ": syntax error") || message == "incomplete input") {
    error.error_class = Class::kSyntax;
  }
  return error;
}

}  // namespace palindrome::rehearse::sqlite
