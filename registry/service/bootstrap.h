#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "registry/access/passwords.h"
#include "registry/store/store.h"

namespace registry::service {

inline constexpr std::string_view kAdministrator = "administrator";
inline constexpr std::string_view kDevOrganisation = "acme";
inline constexpr std::string_view kDevAdministrator = "acme-admin";
inline constexpr std::string_view kDevUser = "acme-user";

struct BootstrapOptions {
  std::optional<std::string> administrator_password;  // none: one is generated
  bool dev = false;                                   // with the organisation acme and its users
  std::optional<std::string> dev_password;            // of both of them; none: generated for each
  access::PasswordCost password_cost;
};

/// A password that nobody has seen yet: to be shown once, and not logged.
struct GeneratedPassword {
  std::string organisation;
  std::string user;
  std::string password;
};

struct BootstrapError {
  std::string text;
};

/// Sees to it that there is somebody to log in as: the organisation System with its user
/// `administrator`, and for development the organisation acme with an administrator and a user.
/// What is there already stays as it is, passwords included, so options only matter the first time.
/// Gives the passwords that were generated. No account has a password that could be guessed.
[[nodiscard]] core::Result<std::vector<GeneratedPassword>, BootstrapError> bootstrap(
    store::RegistryStore& store, const BootstrapOptions& options);

}  // namespace registry::service
