#include "compiler/queries/find.h"

#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace palindrome::queries {
namespace {

using facts::Sink;

struct Each {
  const facts::Unit* unit = nullptr;
  const facts::Source* source = nullptr;
};

// One that says why it is not to be checked, or who hands it on does.
struct Excused {
  Each each;
  Sink sink = Sink::kNone;
  std::string reason;
};

auto KeyOf(const facts::Unit& unit, const facts::Place& place) {
  return std::make_tuple(std::string(PathOf(unit, place)), place.begin,
                         place.end);
}

// It says only that one slot's text is another's.
bool IsAlias(const facts::Source& source) {
  return source.callee.empty();
}

class Finder {
 public:
  explicit Finder(llvm::ArrayRef<std::optional<facts::Unit>> units);
  Program Find();

 private:
  // By slot: what is given to it.
  using Givers = std::multimap<std::string_view, Each>;

  // What is said of all that is found by it.
  struct Way {
    std::string reason;  // Why it is not to be checked; empty: it is.
    std::string change;  // As of a query.
  };

  // A slot whose text is followed to where it comes from.
  struct Step {
    std::string_view slot;
    Sink sink = Sink::kNone;
    Way way;
  };

  void Follow(const Each& each, Sink sink, const Way& way);
  void FollowPending();
  void Add(const Each& each, Sink sink, const Way& way);
  void AddUnknown(const Each& each, std::string reason);

  std::vector<Each> ends_;
  Givers givers_;
  // Slots by what becomes of their text, and who hands it on.
  std::map<std::pair<std::string_view, Sink>, Each> reached_;
  std::vector<Step> pending_;
  // Slots whose text may change, with what becomes of it; and those that were
  // reached. What is also handed on as it is comes first.
  std::map<std::string_view, std::string> changes_;
  std::vector<Step> changed_;
  // What is also handed on elsewhere is checked: these come last.
  std::vector<Excused> excused_;
  std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::string,
                      std::string>>
      seen_;
  Program program_;
};

Finder::Finder(llvm::ArrayRef<std::optional<facts::Unit>> units) {
  for (const auto& unit : units) {
    if (!unit) {
      continue;
    }
    for (const facts::Source& source : unit->calls.sources) {
      const Each each = {&*unit, &source};
      if (source.sink == Sink::kNone) {
        givers_.emplace(source.slot, each);
        if (source.is_change) {
          changes_.emplace(source.slot, source.dynamic);
        }
      } else {
        ends_.push_back(each);
      }
    }
  }
}

void Finder::AddUnknown(const Each& each, std::string reason) {
  const auto [path, begin, end] = KeyOf(*each.unit, each.source->place);
  if (seen_.emplace(path, begin, end, "", reason).second) {
    program_.unknown.push_back({each.unit, each.source->place,
                                each.source->function, std::move(reason)});
  }
}

void Finder::Add(const Each& each, Sink sink, const Way& way) {
  const facts::Source& source = *each.source;
  if (!source.dynamic.empty()) {
    AddUnknown(each, source.dynamic);
    program_.fragments.insert(program_.fragments.end(),
                              source.fragments.begin(), source.fragments.end());
  }
  for (const facts::Text& text : source.constants) {
    if (sink == Sink::kPostgres) {
      AddUnknown(each, "it is for PostgreSQL, and the history for SQLite");
      continue;
    }
    if (sink == Sink::kSqlite16) {
      AddUnknown(each, "it is not in UTF-8");
      continue;
    }
    const auto [path, begin, end] = KeyOf(*each.unit, text.place);
    if (seen_.emplace(path, begin, end, source.function, text.value).second) {
      const bool is_one = source.constants.size() == 1 && source.from.empty() &&
                          source.dynamic.empty();
      program_.queries.push_back(
          {each.unit, text, source.place, source.function,
           is_one ? source.binds : std::nullopt, source.branches, way.change,
           text.unchecked.empty() ? way.reason : text.unchecked});
    }
  }
}

void Finder::Follow(const Each& each, Sink sink, const Way& way) {
  if (way.reason.empty() && !each.source->unchecked.empty()) {
    excused_.push_back({each, sink, each.source->unchecked});
    return;
  }
  const std::string& own = each.source->unchecked;
  Add(each, sink, {own.empty() ? way.reason : own, way.change});
  for (const std::string& slot : each.source->from) {
    if (!reached_.emplace(std::pair(std::string_view(slot), sink), each)
             .second) {
      continue;
    }
    Step step = {slot, sink, way};
    const auto change = changes_.find(slot);
    if (change != changes_.end() && way.change.empty()) {
      step.way.change = change->second;
    }
    const bool comes_later = way.reason.empty() && !step.way.change.empty();
    (comes_later ? changed_ : pending_).push_back(std::move(step));
  }
}

void Finder::FollowPending() {
  while (!pending_.empty()) {
    const Step step = pending_.back();
    pending_.pop_back();
    const auto [first, last] = givers_.equal_range(step.slot);
    for (auto giver = first; giver != last; ++giver) {
      Follow(giver->second, step.sink, step.way);
    }
    const Each& user = reached_.at({step.slot, step.sink});
    if (first == last && !IsAlias(*user.source)) {
      AddUnknown(user, "no source that was read says what it is");
    }
  }
}

Program Finder::Find() {
  for (const Each& end : ends_) {
    Follow(end, end.source->sink, {});
  }
  FollowPending();
  while (!changed_.empty()) {
    pending_.push_back(std::move(changed_.back()));
    changed_.pop_back();
    FollowPending();
  }
  for (const Excused& excused : excused_) {
    Follow(excused.each, excused.sink, {excused.reason, ""});
    FollowPending();
  }
  return std::move(program_);
}

}  // namespace

std::string_view PathOf(const facts::Unit& unit, const facts::Place& place) {
  return place.file < unit.files.size()
             ? std::string_view(unit.files[place.file].path)
             : std::string_view();
}

Program FindQueries(llvm::ArrayRef<std::optional<facts::Unit>> units) {
  return Finder(units).Find();
}

}  // namespace palindrome::queries
