#include "runtime/src/terminal.h"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <string_view>

#if __has_include(<unistd.h>)
#define PALINDROME_HAS_POSIX 1
#include <unistd.h>
#else
#define PALINDROME_HAS_POSIX 0
#endif

namespace palindrome {
namespace {

constexpr std::array<int, 2> kSignals = {SIGINT, SIGTERM};

// A handler may touch nothing else.
static_assert(std::atomic<bool>::is_always_lock_free);
std::atomic<bool> interrupted = false;  // NOLINT

#if PALINDROME_HAS_POSIX

void OnSignal(int /*signal*/) {
  interrupted = true;
}

using Action = struct sigaction;

#else

using Action = void (*)(int);

void OnSignal(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

#endif

}  // namespace

struct InterruptGuard::Saved {
  std::array<Action, kSignals.size()> actions = {};
};

#if PALINDROME_HAS_POSIX

bool CanAsk() {
  return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

bool CanDraw() {
  const char* const terminal = std::getenv("TERM");  // NOLINT
  return isatty(STDERR_FILENO) != 0 && terminal != nullptr &&
         std::string_view(terminal) != "dumb";
}

InterruptGuard::InterruptGuard() : saved_(std::make_unique<Saved>()) {
  interrupted = false;
  Action action = {};
  action.sa_handler = &OnSignal;
  // The second one finds what the system does by itself.
  action.sa_flags = SA_RESTART;
  action.sa_flags |= static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &saved_->actions[i]);
    if (saved_->actions[i].sa_handler != SIG_IGN) {
      sigaction(kSignals[i], &action, nullptr);
    }
  }
}

InterruptGuard::~InterruptGuard() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &saved_->actions[i], nullptr);
  }
}

#else

bool CanAsk() {
  return false;
}

bool CanDraw() {
  return false;
}

InterruptGuard::InterruptGuard() : saved_(std::make_unique<Saved>()) {
  interrupted = false;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    saved_->actions[i] = std::signal(kSignals[i], &OnSignal);
    if (saved_->actions[i] == SIG_IGN) {
      std::signal(kSignals[i], SIG_IGN);
    }
  }
}

InterruptGuard::~InterruptGuard() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    if (saved_->actions[i] != SIG_ERR) {
      std::signal(kSignals[i], saved_->actions[i]);
    }
  }
}

#endif

const std::atomic<bool>& InterruptGuard::flag() const {
  return interrupted;
}

}  // namespace palindrome
