#include "runtime/drivers/sqlite/confinement.h"

#include <utility>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/access_rules.h"

namespace palindrome::sqlite {
namespace {

std::string_view View(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

int Authorize(void* context, int action, const char* first, const char* second,
              const char* database, const char* accessor) {
  auto denied = DeniedAccess(
      {action, View(first), View(second), View(database), View(accessor)});
  if (!denied) {
    return SQLITE_OK;
  }
  *static_cast<std::optional<std::string>*>(context) = std::move(denied);
  return SQLITE_DENY;
}

}  // namespace

Confinement::Confinement(sqlite3* connection) : connection_(connection) {
  sqlite3_set_authorizer(connection_, Authorize, &denied_);
}

Confinement::~Confinement() {
  sqlite3_set_authorizer(connection_, nullptr, nullptr);
}

Status Confinement::Explain(Status status, std::string_view statement) const {
  if (status.ok() || !denied_) {
    return status;
  }
  StatusDetails details = status.details();
  details.statement = statement;
  return {
      StatusCode::kFailedStatement,
      "a stored program must not use " + *denied_ + ", which no migration may",
      std::move(details)};
}

}  // namespace palindrome::sqlite
