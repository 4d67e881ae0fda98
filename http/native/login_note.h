#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace http::native {

inline constexpr std::string_view kLoginSucceeded = "login.succeeded";
inline constexpr std::string_view kLoginFailed = "login.failed";    // wrong names or password
inline constexpr std::string_view kLoginLocked = "login.locked";    // too many failures before
inline constexpr std::string_view kLoginRefused = "login.refused";  // nobody looked at a password
inline constexpr std::string_view kLogout = "logout";

/// What the answer to a login or a logout notes for the log (message::Response::note): one of the
/// words above, and whose it was. No password, and the names as they were given.
struct LoginNote {
  std::string_view event;
  std::string_view user;
  std::string_view organisation;
};

/// "login.failed ann@acme"
[[nodiscard]] std::string to_note(const LoginNote& login);

/// Reads to_note back, seen in place; nullopt for a note about anything else.
[[nodiscard]] std::optional<LoginNote> login_in(std::string_view note);

}  // namespace http::native
