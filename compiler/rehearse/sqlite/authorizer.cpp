#include "compiler/rehearse/sqlite/authorizer.h"

#include <utility>

#include <sqlite3.h>

namespace palindrome::rehearse::sqlite {

int Authorizer::Check(const Access& access) {
  if (trusted_) {
    return SQLITE_OK;
  }
  if (watcher_) {
    watcher_(access);
  }
  std::optional<std::string> denied = palindrome::sqlite::DeniedAccess(access);
  if (!denied) {
    return SQLITE_OK;
  }
  denied_ = std::move(denied);
  return SQLITE_DENY;
}

}  // namespace palindrome::rehearse::sqlite
