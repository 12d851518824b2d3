// goose: `{version}_{name}.sql`, annotated with lines `-- +goose Up`, also in
// strings and block comments. It refuses annotations that it does not know or
// that are indented.
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include "compiler/import/formats.h"
#include "compiler/import/lines.h"
#include "compiler/import/names.h"

namespace palindrome::importer {
namespace {

// "Up" of `-- +goose Up`.
std::optional<llvm::StringRef> ReadAnnotation(llvm::StringRef line) {
  if (!line.consume_front("--")) {
    return std::nullopt;
  }
  line = line.trim();
  if (!line.consume_front("+goose")) {
    return std::nullopt;
  }
  return line.trim();
}

class Reader {
 public:
  void Read(llvm::StringRef line) {
    if (const std::optional<llvm::StringRef> annotation =
            ReadAnnotation(line)) {
      Obey(*annotation);
    } else {
      if (ReadAnnotation(line.ltrim())) {
        Fail("a `-- +goose` does not begin its line");
      }
      text_.Add(line);
      Substitute(line);
    }
  }

  void Finish(ForeignMigration& migration) {
    if (!text_.HasUp()) {
      Fail("it has no `-- +goose Up`");
    } else if (text_.HasCodeBefore()) {
      Fail("it has statements before `-- +goose Up`");
    } else if (is_in_statement_) {
      Fail("a `-- +goose StatementBegin` has no `-- +goose StatementEnd`");
    }
    text_.MoveTo(migration);
    migration.failure = failure_;
  }

 private:
  void Obey(llvm::StringRef annotation) {
    if (annotation.equals_insensitive("up")) {
      if (text_.HasUp()) {
        Fail("it has a second `-- +goose Up`");
      }
      text_.BeginUp();
    } else if (annotation.equals_insensitive("down")) {
      if (!text_.HasUp()) {
        Fail("it has `-- +goose Down` before `-- +goose Up`");
      } else if (text_.HasDown()) {
        Fail("it has a second `-- +goose Down`");
      }
      text_.BeginDown();
    } else if (annotation.equals_insensitive("statementbegin")) {
      is_in_statement_ = true;
    } else if (annotation.equals_insensitive("statementend")) {
      is_in_statement_ = false;
    } else if (annotation.equals_insensitive("envsub on")) {
      is_substituted_ = true;
    } else if (annotation.equals_insensitive("envsub off")) {
      is_substituted_ = false;
    } else if (!annotation.equals_insensitive("no transaction")) {
      Fail(llvm::formatv("goose has no annotation `{0}`", annotation).str());
    }
  }

  void Substitute(llvm::StringRef line) {
    const llvm::StringRef placeholder = FindPlaceholder(line);
    if (is_substituted_ && !placeholder.empty()) {
      Fail(llvm::formatv("it uses the environment variable `{0}`; write its "
                         "value instead",
                         placeholder)
               .str());
    }
  }

  // The first failure is the one to mend first.
  void Fail(std::string failure) {
    if (failure_.empty()) {
      failure_ = std::move(failure);
    }
  }

  AnnotatedText text_;
  bool is_in_statement_ = false;
  bool is_substituted_ = false;
  std::string failure_;
};

bool HasAnnotation(llvm::StringRef text) {
  return llvm::any_of(Lines(text), [](llvm::StringRef line) {
    const std::optional<llvm::StringRef> annotation = ReadAnnotation(line);
    return annotation && annotation->equals_insensitive("up");
  });
}

std::optional<Versioned> ReadFile(const ForeignFile& file) {
  llvm::StringRef stem = file.path;
  const bool is_go = stem.consume_back(".go");
  if (!IsTopLevel(stem) || (!is_go && !stem.consume_back(".sql"))) {
    return std::nullopt;
  }
  const NumberedName name = SplitNumber(stem);
  const bool is_named = !name.number.empty() && name.rest.starts_with("_");
  const std::string text = PlainText(file.text);
  const bool is_test = is_go && stem.ends_with("_test");
  if (is_test || (!is_named && (is_go || !HasAnnotation(text)))) {
    return std::nullopt;
  }
  Versioned versioned;
  versioned.key = is_named ? VersionKey(name.number) : "";
  ForeignMigration& migration = versioned.migration;
  migration.source = file.path;
  migration.name = stem.str();
  migration.title = Words(is_named ? name.rest : stem);
  migration.date = DateOf(name.number);
  if (is_go) {
    migration.failure = "it is written in Go; write it in SQL first";
    return versioned;
  }
  Reader reader;
  for (const llvm::StringRef line : Lines(text)) {
    reader.Read(line);
  }
  reader.Finish(migration);
  if (!is_named) {
    migration.failure = "its name does not begin with a version and `_`";
  }
  return versioned;
}

}  // namespace

bool LooksLikeGoose(const ForeignFolder& folder) {
  return llvm::any_of(folder, [](const ForeignFile& file) {
    return IsTopLevel(file.path) &&
           llvm::StringRef(file.path).ends_with(".sql") &&
           HasAnnotation(PlainText(file.text));
  });
}

ForeignHistory ReadGoose(const ForeignFolder& folder) {
  std::vector<Versioned> found;
  for (const ForeignFile& file : folder) {
    if (std::optional<Versioned> versioned = ReadFile(file)) {
      found.push_back(std::move(*versioned));
    }
  }
  return InOrder(std::move(found));
}

}  // namespace palindrome::importer
