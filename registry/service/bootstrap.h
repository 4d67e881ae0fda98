#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "registry/access/passwords.h"
#include "registry/model/model.h"
#include "registry/resource/resources.h"
#include "registry/service/directory.h"

namespace registry::service {

inline constexpr std::string_view kAdministrator = "administrator";
inline constexpr std::string_view kDevOrganisation = "acme";
inline constexpr std::string_view kDevAdministrator = "acme-admin";
inline constexpr std::string_view kDevUser = "acme-user";

struct BootstrapOptions {
  std::optional<std::string> administrator_password;  // none: one is generated
  bool dev = false;                                   // with the organisation acme and its users
  std::optional<std::string> dev_password;            // of both of them; none: generated for each
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

/// What a registry lacks: rights and roles, and somebody who can log in. Nothing of it is stored
/// yet.
struct Founding {
  struct Account {
    model::User user;      // without its hash
    std::string password;  // in plain
  };
  std::vector<resource::Resource> built_in;  // rights before roles
  std::vector<model::Organisation> organisations;
  std::vector<Account> accounts;
  std::vector<GeneratedPassword> generated;

  [[nodiscard]] bool empty() const { return built_in.empty() && organisations.empty(); }
};

/// Sees to it that the built-in rights and roles are there, and somebody to log in as: the
/// organisation System with its user `administrator`, and for development the organisation acme
/// with an administrator and a user. Who is there already stays as he is, password included, so
/// options only matter the first time. No account has a password that could be guessed.
[[nodiscard]] core::Result<Founding, BootstrapError> plan_founding(const resource::Resources& there,
                                                                   const BootstrapOptions& options);

/// The resources that make it so, in the order of their creation. Hashes each password, so it
/// belongs on a lane.
[[nodiscard]] std::vector<resource::ResourcePtr> resources_of(const Founding& founding,
                                                              const resource::Resources& there,
                                                              access::PasswordCost cost);

}  // namespace registry::service
