#include "compiler/rehearse/serialize.h"

#include <algorithm>
#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

namespace palindrome::rehearse {

namespace {

// A value to write or to read.
template <typename T, typename Value>
concept Is = std::same_as<std::remove_const_t<T>, Value>;

// The members of each type, for both ways. A member that is missing here does
// not compile.
void Members(auto& archive, Is<catalog::EngineError> auto& value) {
  auto& [error_class, message, name, offset, known] = value;
  archive(error_class, message, name, offset, known);
}
void Members(auto& archive, Is<Failure> auto& value) {
  auto& [phase, statement, error] = value;
  archive(phase, statement, error);
}
void Members(auto& archive, Is<SchemaDifference> auto& value) {
  auto& [kind, name, detail, left, right] = value;
  archive(kind, name, detail, left, right);
}
void Members(auto& archive, Is<StepDifference> auto& value) {
  auto& [step, difference] = value;
  archive(step, difference);
}
void Members(auto& archive, Is<RowChange> auto& value) {
  auto& [table, column, row, before, after, at_limits] = value;
  archive(table, column, row, before, after, at_limits);
}
void Members(auto& archive, Is<Refused> auto& value) {
  auto& [failure, table, row, count] = value;
  archive(failure, table, row, count);
}
void Members(auto& archive, Is<NamedDigest> auto& value) {
  auto& [kind, name, digest] = value;
  archive(kind, name, digest);
}
void Members(auto& archive, Is<Result> auto& value) {
  auto& [failure, in_up, in_down, after_up, after_down, after_up_again,
         order_not_restored, rows_not_restored, rows_otherwise_again, refused,
         refused_later, changed_later, without_rows, after_digests] = value;
  archive(failure, in_up, in_down, after_up, after_down, after_up_again,
          order_not_restored, rows_not_restored, rows_otherwise_again, refused,
          refused_later, changed_later, without_rows, after_digests);
}

constexpr Phase LastOf(Phase /*kind*/) {
  return Phase::kUpAgain;
}
constexpr catalog::EngineError::Class LastOf(
    catalog::EngineError::Class /*kind*/) {
  return catalog::EngineError::Class::kForbidden;
}

// Seven bits a byte, the low ones first; all bytes but the last have the eighth
// bit.
constexpr unsigned kBits = 7;
constexpr std::uint64_t kMore = 1U << kBits;

class Writer {
 public:
  void operator()(const auto&... values) { (Write(values), ...); }
  std::string Take() && { return std::move(bytes_); }

 private:
  void Write(std::unsigned_integral auto number) {
    std::uint64_t rest = number;
    for (; rest >= kMore; rest >>= kBits) {
      bytes_ += static_cast<char>(rest % kMore + kMore);
    }
    bytes_ += static_cast<char>(rest);
  }
  template <typename T>
  requires std::is_enum_v<T>
  void Write(T value) { Write(static_cast<std::underlying_type_t<T>>(value)); }
  void Write(const std::string& text) {
    Write(text.size());
    bytes_ += text;
  }
  template <typename T>
  void Write(const std::optional<T>& value) {
    Write(value.has_value());
    if (value) {
      Write(*value);
    }
  }
  template <typename T>
  void Write(const std::vector<T>& list) {
    Write(list.size());
    for (const T& element : list) {
      Write(element);
    }
  }
  template <typename First, typename Second>
  void Write(const std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <typename T>
  requires std::is_class_v<T>
  void Write(const T& value) { Members(*this, value); }

  std::string bytes_;
};

// After the first byte that cannot be right it reads zeros.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  void operator()(auto&... values) { (Read(values), ...); }
  // All of it was read.
  bool Ends() const { return ok_ && rest_.empty(); }

 private:
  template <std::unsigned_integral T>
  void Read(T& number) {
    const std::uint64_t read = ReadNumber();
    number = static_cast<T>(read);
    ok_ = ok_ && read <= std::numeric_limits<T>::max();
  }
  std::uint64_t ReadNumber() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; ok_; shift += kBits) {
      ok_ =
          !rest_.empty() && shift < std::numeric_limits<std::uint64_t>::digits;
      if (!ok_) {
        break;
      }
      const std::uint64_t byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= byte % kMore << shift;
      if (byte < kMore) {
        return number;
      }
    }
    return 0;
  }
  // Of what follows; no element takes less than a byte.
  std::size_t ReadCount() {
    const std::uint64_t count = ReadNumber();
    ok_ = ok_ && count <= rest_.size();
    return ok_ ? static_cast<std::size_t>(count) : 0;
  }
  template <typename T>
  requires std::is_enum_v<T>
  void Read(T& value) {
    const std::uint64_t number = ReadNumber();
    ok_ = ok_ && number <= static_cast<std::uint64_t>(LastOf(T{}));
    value = ok_ ? T(number) : T{};
  }
  void Read(std::string& text) {
    const std::size_t size = ReadCount();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <typename T>
  void Read(std::optional<T>& value) {
    bool has_value = false;
    Read(has_value);
    if (has_value && ok_) {
      Read(value.emplace());
    }
  }
  template <typename T>
  void Read(std::vector<T>& list) {
    const std::size_t count = ReadCount();
    for (std::size_t i = 0; i < count && ok_; ++i) {
      Read(list.emplace_back());
    }
  }
  template <typename First, typename Second>
  void Read(std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <typename T>
  requires std::is_class_v<T>
  void Read(T& value) { Members(*this, value); }

  std::string_view rest_;
  bool ok_ = true;
};

std::string ToBytes(const auto& value) {
  Writer writer;
  writer(value);
  return std::move(writer).Take();
}

template <typename T>
std::optional<T> FromBytes(std::string_view bytes) {
  std::optional<T> value(std::in_place);
  Reader reader(bytes);
  reader(*value);
  if (!reader.Ends()) {
    value.reset();
  }
  return value;
}

// What it points to is there.
bool Fits(const lower::Program& program, std::size_t statement) {
  return statement < std::max<std::size_t>(program.statements.size(), 1);
}

bool Fits(const Task& task, const Failure& failure) {
  switch (failure.phase) {
    case Phase::kSetUp:
      return true;
    case Phase::kUp:
    case Phase::kUpAgain:
      return Fits(task.up, failure.statement);
    case Phase::kDown:
      return task.down && Fits(*task.down, failure.statement);
  }
  return false;
}

bool Fits(const lower::Program& program, const StepDifference& difference) {
  return std::any_of(program.statements.begin(), program.statements.end(),
                     [&](const lower::Statement& statement) {
                       return statement.step == difference.step;
                     });
}

bool Fits(const Task& task, const Result& result) {
  return (!result.failure || Fits(task, *result.failure)) &&
         (!result.refused || Fits(task, result.refused->failure)) &&
         (!result.refused_later || Fits(task, result.refused_later->failure)) &&
         (!result.in_up || Fits(task.up, *result.in_up)) &&
         (!result.in_down ||
          (task.down && Fits(*task.down, *result.in_down))) &&
         result.after_digests.size() <= task.after.size();
}

}  // namespace

std::string Serialize(const Result& result) {
  return ToBytes(result);
}

std::optional<Result> DeserializeResult(std::string_view bytes,
                                        const Task& task) {
  auto result = FromBytes<Result>(bytes);
  if (result && !Fits(task, *result)) {
    result.reset();
  }
  return result;
}

std::string Serialize(const RowsIndex& rows) {
  return ToBytes(rows);
}

std::optional<RowsIndex> DeserializeRowsIndex(std::string_view bytes) {
  return FromBytes<RowsIndex>(bytes);
}

std::string Serialize(const std::vector<std::string>& inserts) {
  return ToBytes(inserts);
}

std::optional<std::vector<std::string>> DeserializeInserts(
    std::string_view bytes) {
  return FromBytes<std::vector<std::string>>(bytes);
}

}  // namespace palindrome::rehearse
