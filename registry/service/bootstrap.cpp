#include "registry/service/bootstrap.h"

#include <utility>

#include "registry/access/secrets.h"

namespace registry::service {
namespace {

core::Result<void, BootstrapError> check_password(const std::optional<std::string>& password,
                                                  std::string_view whose) {
  if (!password || access::is_usable_password(*password)) return {};
  return core::Unexpected{
      BootstrapError{"The password given for " + std::string{whose} + " must have from 1 to " +
                     std::to_string(access::kPasswordOctetsMax) + " octets and no NUL."}};
}

model::Organisation organisation(std::string_view name, std::string_view full_name) {
  return {.id = core::Uuid::random(),
          .name = std::string{name},
          .full_name = std::string{full_name},
          .enabled = true};
}

void add_account(Founding& founding, std::string_view name, model::Role role,
                 const std::optional<std::string>& given) {
  const model::Organisation& home = founding.organisations.back();
  std::string password = given ? *given : access::new_password();
  if (!given) founding.generated.push_back({home.name, std::string{name}, password});
  founding.accounts.push_back({.user = {.id = core::Uuid::random(),
                                        .organisation = home.id,
                                        .name = std::string{name},
                                        .password_hash = {},
                                        .role = role,
                                        .enabled = true},
                               .password = std::move(password)});
}

}  // namespace

core::Result<Founding, BootstrapError> plan_founding(const Directory& there,
                                                     const BootstrapOptions& options) {
  if (auto checked = check_password(options.administrator_password, kAdministrator); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (auto checked = check_password(options.dev_password, kDevOrganisation); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  Founding founding;
  if (there.organisation_named(model::kSystemOrganisation) == nullptr) {
    founding.organisations.push_back(organisation(model::kSystemOrganisation, "System"));
    add_account(founding, kAdministrator, model::Role::system_administrator,
                options.administrator_password);
  }
  if (options.dev && there.organisation_named(kDevOrganisation) == nullptr) {
    founding.organisations.push_back(organisation(kDevOrganisation, "Acme (development)"));
    add_account(founding, kDevAdministrator, model::Role::organisation_administrator,
                options.dev_password);
    add_account(founding, kDevUser, model::Role::user, options.dev_password);
  }
  return founding;
}

std::vector<store::Change> changes_of(const Founding& founding, access::PasswordCost cost) {
  std::vector<store::Change> changes;
  for (const model::Organisation& one : founding.organisations) {
    changes.push_back(store::PutOrganisation{one});
  }
  for (const Founding::Account& account : founding.accounts) {
    store::PutUser put{account.user};
    put.user.password_hash = access::hash_password(account.password, cost);
    changes.push_back(std::move(put));
  }
  return changes;
}

}  // namespace registry::service
