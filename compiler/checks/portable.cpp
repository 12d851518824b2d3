#include "compiler/checks/portable.h"

#include <algorithm>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/creations.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

class NameCollector {
 public:
  explicit NameCollector(const catalog::Simulation& section)
      : section_(section) {}

  std::vector<GivenName> Collect() {
    for (const NewTable& table : NewTables(section_)) {
      // The one that replaces another has a name for the time being.
      if (table.replaced == nullptr) {
        AddIfKept(*table.step, "table", table.written->name,
                  table.at_end->name);
      }
    }
    for (const NewColumn& column : NewColumns(section_)) {
      Add(*column.step, "column", column.written->name);
    }
    for (const NewIndex& index : NewIndexes(section_)) {
      Add(*index.step, "index", index.written->name);
    }
    for (const NewConstraint& constraint : NewConstraints(section_)) {
      Add(*constraint.step, KindOf(constraint.written->kind),
          constraint.written->name);
    }
    for (const std::size_t i : section_.changes) {
      AddOthers(section_.steps[i]);
    }
    return std::move(names_);
  }

 private:
  static std::string_view KindOf(ast::ConstraintKind kind) {
    switch (kind) {
      case ast::ConstraintKind::kPrimaryKey:
        return "primary key";
      case ast::ConstraintKind::kForeignKey:
        return "foreign key";
      case ast::ConstraintKind::kUnique:
        return "UNIQUE key";
      case ast::ConstraintKind::kCheck:
        return "CHECK";
    }
    return "";
  }

  void Add(const catalog::Step& step, std::string_view kind,
           const ast::Name& name) {
    if (!name.empty()) {
      names_.push_back({&step, kind, &name});
    }
  }

  void AddIfKept(const catalog::Step& step, std::string_view kind,
                 const ast::Name& name, const ast::Name& at_end) {
    if (sql::EqualsIgnoringCase(name.text, at_end.text)) {
      Add(step, kind, name);
    }
  }

  void AddOthers(const catalog::Step& step) {
    if (const auto* rename = As<ast::RenameTable>(step)) {
      if (section_.after.FindTable(rename->to.text) != nullptr &&
          section_.before.FindTable(rename->to.text) == nullptr) {
        Add(step, "table", rename->to);
      }
    } else if (const auto* column = As<ast::RenameColumn>(step)) {
      Add(step, "column", column->to);
    } else if (const auto* view = As<ast::CreateView>(step)) {
      if (section_.before.FindView(view->view.name.text) == nullptr) {
        Add(step, "view", view->view.name);
      }
    } else if (const auto* trigger = As<ast::CreateTrigger>(step)) {
      if (!section_.before.Find(catalog::ObjectKind::kTrigger,
                                trigger->trigger.name.text)) {
        Add(step, "trigger", trigger->trigger.name);
      }
    }
  }

  const catalog::Simulation& section_;
  std::vector<GivenName> names_;
};

class ExpressionCollector {
 public:
  explicit ExpressionCollector(const ast::Statement& statement)
      : statement_(statement) {}

  std::vector<const ast::Expression*> Collect() {
    const auto& node = statement_.node;
    if (const auto* create = std::get_if<ast::CreateTable>(&node)) {
      for (const ast::Column& column : create->table.columns) {
        Add(column);
      }
      Add(create->table.constraints);
    } else if (const auto* column = std::get_if<ast::AddColumn>(&node)) {
      Add(column->column);
      Add(column->constraints);
    } else if (const auto* constraint =
                   std::get_if<ast::AddConstraint>(&node)) {
      Add(constraint->constraint.check);
    } else if (const auto* type = std::get_if<ast::AlterColumnType>(&node)) {
      Add(type->using_expression);
    } else if (const auto* value = std::get_if<ast::SetDefault>(&node)) {
      Add(value->value);
    } else if (const auto* index = std::get_if<ast::CreateIndex>(&node)) {
      Add(index->index);
    } else if (const auto* view = std::get_if<ast::CreateView>(&node)) {
      Add(view->view.body);
    } else if (const auto* trigger = std::get_if<ast::CreateTrigger>(&node)) {
      Add(trigger->trigger.when);
      Add(trigger->trigger.body);
    } else if (ast::IsDataStatement(statement_.kind())) {
      Add(statement_.tokens);
    }
    return std::move(expressions_);
  }

 private:
  void Add(const ast::Expression& expression) {
    if (!expression.empty()) {
      expressions_.push_back(&expression);
    }
  }
  void Add(const ast::Column& column) {
    if (column.default_value) {
      Add(*column.default_value);
    }
    if (column.generated) {
      Add(column.generated->expression);
    }
  }
  void Add(const std::vector<ast::Constraint>& constraints) {
    for (const ast::Constraint& constraint : constraints) {
      Add(constraint.check);
    }
  }
  void Add(const ast::Index& index) {
    for (const ast::KeyPart& part : index.parts) {
      Add(part.expression);
    }
    Add(index.where);
  }

  const ast::Statement& statement_;
  std::vector<const ast::Expression*> expressions_;
};

}  // namespace

bool IsPortable(const catalog::Step& step) {
  return step.item->dialect.empty();
}

std::vector<GivenName> GivenNames(const catalog::Simulation& section) {
  return NameCollector(section).Collect();
}

std::vector<const ast::Expression*> ExpressionsOf(
    const ast::Statement& statement) {
  return ExpressionCollector(statement).Collect();
}

std::string BaseType(std::string_view type) {
  const llvm::StringRef text(type);
  const std::string behind = text.split(')').second.trim().lower();
  const std::string base = text.split('(').first.trim().lower();
  return behind.empty() ? base : base + " " + behind;
}

std::string TypeArguments(std::string_view type) {
  const std::size_t begin = type.find('(');
  const std::size_t end = type.find(')');
  return begin == std::string_view::npos || end == std::string_view::npos
             ? ""
             : std::string(type.substr(begin, end + 1 - begin));
}

bool MeansInteger(std::string_view type) {
  const std::string base = BaseType(type);
  llvm::SmallVector<llvm::StringRef, 4> words;
  llvm::StringRef(base).split(words, ' ', -1, /*KeepEmpty=*/false);
  return std::all_of(words.begin(), words.end(), [](llvm::StringRef word) {
    for (const char* size :
         {"unsigned", "signed", "big", "long", "small", "tiny", "medium"}) {
      if (word == size) {
        return true;
      }
      word.consume_front(size);
    }
    return word == "integer" ||
           (word.consume_front("int") &&
            word.find_first_not_of("0123456789") == llvm::StringRef::npos);
  });
}

bool IsChecked(const ast::Table& table, std::string_view column) {
  const std::string folded = sql::FoldCase(column);
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const ast::Constraint& constraint) {
                       const auto names = ast::ColumnNames(constraint.check);
                       return std::binary_search(names.begin(), names.end(),
                                                 folded);
                     });
}

}  // namespace palindrome::checks
