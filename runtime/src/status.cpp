#include <palindrome/status.h>

namespace palindrome {

std::string_view StatusCodeName(StatusCode code) {
  switch (code) {
#define PALINDROME_STATUS_CODE(Name, Text) \
  case StatusCode::Name:                   \
    return Text;
#include <palindrome/status_codes.def>
  }
  return "unknown status";
}

Status::Status(StatusCode code, std::string message, StatusDetails details) {
  if (code != StatusCode::kOk) {
    error_ = std::make_shared<const Error>(
        Error{code, std::move(message), std::move(details)});
  }
}

StatusCode Status::code() const {
  return error_ == nullptr ? StatusCode::kOk : error_->code;
}

const std::string& Status::message() const {
  static const std::string none;
  return error_ == nullptr ? none : error_->message;
}

const StatusDetails& Status::details() const {
  static const StatusDetails none;
  return error_ == nullptr ? none : error_->details;
}

std::string Status::ToString() const {
  if (error_ == nullptr) {
    return std::string(StatusCodeName(StatusCode::kOk));
  }
  const StatusDetails& details = error_->details;
  std::string text;
  if (!details.file_name.empty()) {
    text += details.file_name;
    if (details.line != 0) {
      text += ':' + std::to_string(details.line);
    }
    text += ": ";
  }
  text += StatusCodeName(error_->code);
  text += ": " + error_->message;
  if (!details.revision.empty()) {
    text += "\n  revision: " + details.revision;
  }
  if (!details.statement.empty()) {
    text += "\n  statement: " + details.statement;
  }
  if (!details.engine_message.empty()) {
    text += "\n  engine: " + details.engine_message;
    if (details.engine_code != 0) {
      text += " (" + std::to_string(details.engine_code) + ")";
    }
  }
  return text;
}

}  // namespace palindrome
