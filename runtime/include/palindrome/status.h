// How a call of the runtime ended: Status, and Result<T> for calls that return
// a value. Both are plain values owned by whoever holds them; a copy shares
// the immutable details, so distinct copies may be used by distinct threads.
// No call of the runtime throws.
#ifndef PALINDROME_STATUS_H_
#define PALINDROME_STATUS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace palindrome {

enum class StatusCode : std::uint8_t {
#define PALINDROME_STATUS_CODE(Name, Text) Name,
#include <palindrome/status_codes.def>
};

// "drifted schema", for a message or a log.
std::string_view StatusCodeName(StatusCode code);

// Where and why, as far as it applies; the rest is empty.
struct StatusDetails {
  std::string revision;
  std::string file_name;   // Of the migration.
  std::uint32_t line = 0;  // In it; 0 for a statement that was derived.
  std::string statement;   // SQL, as it was sent to the engine.
  std::string engine_message;
  int engine_code = 0;  // As the engine numbers its errors; 0 for none.
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, std::string message, StatusDetails details = {});

  bool ok() const { return error_ == nullptr; }
  StatusCode code() const;
  // An observation and mostly a hint, lower case, without the details. Empty
  // when ok.
  const std::string& message() const;
  const StatusDetails& details() const;

  // All of it, over several lines where there is a statement.
  std::string ToString() const;

 private:
  struct Error {
    StatusCode code;
    std::string message;
    StatusDetails details;
  };
  std::shared_ptr<const Error> error_;
};

// A T or the Status that says why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that a function may return either.
  Result(T value)  // NOLINT(google-explicit-constructor)
      : value_(std::move(value)) {}
  // `status` is not ok.
  Result(Status status)  // NOLINT(google-explicit-constructor)
      : status_(std::move(status)) {}

  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }

  // Only when ok.
  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  Status status_;
  std::optional<T> value_;
};

}  // namespace palindrome

#endif  // PALINDROME_STATUS_H_
