#include "tools/oriel/broker/password.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <string_view>
#include <utility>

namespace oriel::broker {
namespace {

core::Unexpected<std::string> failed(std::string text) { return core::Unexpected{std::move(text)}; }

/// The terminal without echo, as long as it lives.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    silent_ = ::tcgetattr(terminal_, &before_) == 0;
    if (!silent_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (silent_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  [[nodiscard]] bool silent() const { return silent_; }

 private:
  int terminal_;
  termios before_{};
  bool silent_ = false;
};

void say(int terminal, std::string_view text) {
  if (::write(terminal, text.data(), text.size()) < 0) return;  // the prompt is only a courtesy
}

core::Result<std::string, std::string> ask(int terminal, std::string_view prompt) {
  say(terminal, prompt);
  std::string line;
  char c = 0;
  while (::read(terminal, &c, 1) == 1 && c != '\n') line.push_back(c);
  say(terminal, "\n");
  if (line.empty()) return failed("no password was given");
  return line;
}

}  // namespace

core::Result<std::string, std::string> read_password(std::istream& from) {
  std::string line;
  std::getline(from, line);
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) return failed("standard input has no password");
  return line;
}

core::Result<std::string, std::string> ask_password() {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return failed("there is no terminal to ask at; use --password-stdin");
  const Silence silence{terminal};
  if (!silence.silent()) {
    ::close(terminal);
    return failed("the terminal would show the password; use --password-stdin");
  }
  auto first = ask(terminal, "Password: ");
  auto second = first ? ask(terminal, "Again: ") : first;
  ::close(terminal);
  if (!second) return second;
  if (*first != *second) return failed("that was not the same password");
  return first;
}

}  // namespace oriel::broker
