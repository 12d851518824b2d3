#include "runtime/drivers/sqlite/database_file.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/statement.h"

namespace palindrome::sqlite {
namespace {

constexpr int kWrite = SQLITE_OPEN_READWRITE;
constexpr int kCreate = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

Result<OwnedConnection> Open(const std::string& name, int flags,
                             const char* vfs = nullptr) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened, flags, vfs);
  OwnedConnection connection(opened);
  if (code != SQLITE_OK) {
    const Status status = ErrorStatus(opened, code, "");
    return Status(status.code(), "`" + name + "`: " + status.message(),
                  status.details());
  }
  return connection;
}

// A VFS that opens nothing, and keeps what it was asked for: nobody but SQLite
// knows how it reads a name.
struct Probe {
  sqlite3_vfs vfs = {};
  sqlite3_vfs* real = nullptr;
  std::optional<std::filesystem::path> path;  // Of what it would open,
  bool creates = false;                       // or make.
};

Probe& ProbeOf(sqlite3_vfs* vfs) {
  return *static_cast<Probe*>(vfs->pAppData);
}

int ProbeOpen(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
              int* /*out_flags*/) {
  file->pMethods = nullptr;
  if (name != nullptr && (flags & SQLITE_OPEN_MAIN_DB) != 0) {
    ProbeOf(vfs).path = name;
    ProbeOf(vfs).creates = (flags & SQLITE_OPEN_CREATE) != 0;
  }
  return SQLITE_CANTOPEN;
}

int ProbeFullPathname(sqlite3_vfs* vfs, const char* name, int size,
                      char* path) {
  sqlite3_vfs* const real = ProbeOf(vfs).real;
  return real->xFullPathname(real, name, size, path);
}

int ProbeAccess(sqlite3_vfs* /*vfs*/, const char* /*name*/, int /*flags*/,
                int* result) {
  *result = 0;
  return SQLITE_OK;
}

int ProbeDelete(sqlite3_vfs* /*vfs*/, const char* /*name*/, int /*sync*/) {
  return SQLITE_IOERR_DELETE;
}

int ProbeRandomness(sqlite3_vfs* vfs, int size, char* bytes) {
  sqlite3_vfs* const real = ProbeOf(vfs).real;
  return real->xRandomness(real, size, bytes);
}

int ProbeSleep(sqlite3_vfs* /*vfs*/, int /*microseconds*/) {
  return 0;
}

int ProbeCurrentTime(sqlite3_vfs* vfs, double* now) {
  sqlite3_vfs* const real = ProbeOf(vfs).real;
  return real->xCurrentTime(real, now);
}

// The error of an open that may make the file, without making it.
Status ProbeName(const std::string& name, Probe* probe) {
  probe->real = sqlite3_vfs_find(nullptr);
  const std::string vfs_name =
      "palindrome-probe-" +
      std::to_string(reinterpret_cast<std::uintptr_t>(probe));
  sqlite3_vfs& vfs = probe->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(sqlite3_file));
  vfs.mxPathname = probe->real->mxPathname;
  vfs.zName = vfs_name.c_str();
  vfs.pAppData = probe;
  vfs.xOpen = ProbeOpen;
  vfs.xDelete = ProbeDelete;
  vfs.xAccess = ProbeAccess;
  vfs.xFullPathname = ProbeFullPathname;
  vfs.xRandomness = ProbeRandomness;
  vfs.xSleep = ProbeSleep;
  vfs.xCurrentTime = ProbeCurrentTime;
  if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) {
    return {StatusCode::kIo, "`" + name + "`: out of memory"};
  }
  const Status status = Open(name, kCreate, vfs.zName).status();
  sqlite3_vfs_unregister(&vfs);
  return status;
}

// Whether a file may be made there.
bool IsFree(const Probe& probe) {
  std::error_code error;
  const std::filesystem::path folder = probe.path->parent_path();
  int is_writable = 0;
  return !std::filesystem::exists(*probe.path, error) && !error &&
         std::filesystem::is_directory(folder, error) &&
         probe.real->xAccess(probe.real, folder.string().c_str(),
                             SQLITE_ACCESS_READWRITE,
                             &is_writable) == SQLITE_OK &&
         is_writable != 0;
}

// As SQLite reads a parameter's name in a URI: it ends at a NUL.
std::string Decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char byte = text[i];
    if (byte == '%' && text.size() - i > 2) {
      const char* const digits = text.data() + i + 1;
      unsigned char value = 0;
      if (std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
        byte = static_cast<char>(value);
        i += 2;
      }
    }
    if (byte == '\0') {
      break;
    }
    decoded += byte;
  }
  return decoded;
}

// Another VFS than the default one is not asked: it would make the file.
bool NamesVfs(std::string_view name) {
  name = name.substr(0, name.find('#'));
  const std::size_t mark = name.find('?');
  if (!name.starts_with("file:") || mark == std::string_view::npos) {
    return false;
  }
  for (std::size_t at = mark + 1; at <= name.size();) {
    const std::string_view parameter = name.substr(at, name.find('&', at) - at);
    if (Decoded(parameter.substr(0, parameter.find('='))) == "vfs") {
      return true;
    }
    at += parameter.size() + 1;
  }
  return false;
}

Result<DatabaseFile> Opened(Result<OwnedConnection> connection,
                            bool is_stand_in) {
  if (!connection.ok()) {
    return connection.status();
  }
  return DatabaseFile{std::move(connection).value(), is_stand_in};
}

}  // namespace

Result<DatabaseFile> OpenDatabaseFile(const std::string& name,
                                      Missing missing) {
  if (name.empty()) {
    return Opened(Open(":memory:", kCreate), true);
  }
  if (missing == Missing::kMake) {
    return Opened(Open(name, kCreate), false);
  }
  auto existing = Open(name, kWrite);
  if (existing.ok() || missing == Missing::kRefuse) {
    return Opened(std::move(existing), false);
  }
  if (NamesVfs(name)) {
    return missing == Missing::kTry ? Opened(Open(name, kCreate), false)
                                    : Result<DatabaseFile>(existing.status());
  }
  Probe probe;
  const Status refused = ProbeName(name, &probe);
  if (!probe.path) {
    return existing.status();
  }
  if (probe.creates && IsFree(probe)) {
    return Opened(Open(":memory:", kCreate), true);
  }
  std::error_code error;
  // Then nothing is made.
  return probe.creates && std::filesystem::exists(*probe.path, error)
             ? Opened(Open(name, kCreate), false)
             : Result<DatabaseFile>(refused);
}

}  // namespace palindrome::sqlite
