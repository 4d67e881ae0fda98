#include "http/native/login_note.h"

#include <algorithm>
#include <array>

namespace http::native {
namespace {

constexpr std::array kEvents{kLoginSucceeded, kLoginFailed, kLoginLocked, kLoginRefused, kLogout};

}  // namespace

std::string to_note(const LoginNote& login) {
  return std::string{login.event}
      .append(" ")
      .append(login.user)
      .append("@")
      .append(login.organisation);
}

std::optional<LoginNote> login_in(std::string_view note) {
  const std::size_t blank = note.find(' ');
  // A user's name may have an @, an organisation's never has.
  const std::size_t at = note.rfind('@');
  if (blank == std::string_view::npos || at == std::string_view::npos || at < blank) {
    return std::nullopt;
  }
  const auto event = std::find(kEvents.begin(), kEvents.end(), note.substr(0, blank));
  if (event == kEvents.end()) return std::nullopt;
  return LoginNote{*event, note.substr(blank + 1, at - blank - 1), note.substr(at + 1)};
}

}  // namespace http::native
