#include "tools/oriel/serve/signals.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>

namespace oriel::serve {
namespace {

constexpr std::array<int, 3> kSignals{SIGTERM, SIGINT, SIGHUP};
std::atomic<int> pipe_end{-1};

void note(int signal) {
  const int saved = errno;
  const auto octet = static_cast<unsigned char>(signal);
  if (::write(pipe_end.load(), &octet, 1) < 0) {
    // A full pipe holds enough signals already.
  }
  errno = saved;
}

void handle_with(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  for (const int signal : kSignals) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Signals::Signals() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error{errno, std::system_category(), "cannot make a pipe for signals"};
  }
  read_ = core::Descriptor{ends[0]};
  write_ = core::Descriptor{ends[1]};
  ::fcntl(write_.get(), F_SETFL, O_NONBLOCK);
  pipe_end.store(write_.get());
  handle_with(note);
}

Signals::~Signals() {
  handle_with(SIG_DFL);
  pipe_end.store(-1);
}

int Signals::wait() {
  unsigned char octet = 0;
  while (::read(read_.get(), &octet, 1) != 1) {
  }
  return octet;
}

bool Signals::impatient() {
  pollfd look{.fd = read_.get(), .events = POLLIN, .revents = 0};
  return ::poll(&look, 1, 0) > 0 && wait() != SIGHUP;
}

}  // namespace oriel::serve
