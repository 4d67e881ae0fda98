#include "registry/service/bootstrap.h"

#include <memory>
#include <utility>

#include "registry/access/secrets.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"

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

bool has_organisation(const resource::Resources& there, std::string_view name) {
  return there.named(kinds::organisation(), {}, name) != nullptr;
}

std::vector<resource::Resource> missing_built_ins(const resource::Resources& there) {
  std::vector<resource::Resource> missing = kinds::built_ins();
  std::erase_if(missing, [&](const auto& one) { return there.find(one.id) != nullptr; });
  return missing;
}

resource::Resource empty_of(const resource::Kind& kind, const core::Uuid& id) {
  resource::Resource made;
  made.kind = &kind;
  made.id = id;
  return made;
}

resource::Resource resource_of(const model::Organisation& organisation) {
  resource::Resource made = empty_of(kinds::organisation(), organisation.id);
  made.set("name", organisation.name);
  made.set("FullName", organisation.full_name);
  made.set("IsEnabled", organisation.enabled);
  return made;
}

resource::Resource resource_of(const Founding::Account& account, access::PasswordCost cost) {
  const model::User& user = account.user;
  resource::Resource made = empty_of(kinds::user(), user.id);
  made.parent = user.organisation;
  made.set("name", user.name);
  made.set("IsEnabled", user.enabled);
  made.set("Role", kinds::reference_to_role(user.role));
  made.set("PasswordHash", access::hash_password(account.password, cost));
  return made;
}

}  // namespace

core::Result<Founding, BootstrapError> plan_founding(const resource::Resources& there,
                                                     const BootstrapOptions& options) {
  if (auto checked = check_password(options.administrator_password, kAdministrator); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (auto checked = check_password(options.dev_password, kDevOrganisation); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  Founding founding;
  founding.built_in = missing_built_ins(there);
  if (!has_organisation(there, model::kSystemOrganisation)) {
    founding.organisations.push_back(organisation(model::kSystemOrganisation, "System"));
    add_account(founding, kAdministrator, model::Role::system_administrator,
                options.administrator_password);
  }
  if (options.dev && !has_organisation(there, kDevOrganisation)) {
    founding.organisations.push_back(organisation(kDevOrganisation, "Acme (development)"));
    add_account(founding, kDevAdministrator, model::Role::organisation_administrator,
                options.dev_password);
    add_account(founding, kDevUser, model::Role::user, options.dev_password);
  }
  return founding;
}

std::vector<resource::ResourcePtr> resources_of(const Founding& founding,
                                                const resource::Resources& there,
                                                access::PasswordCost cost) {
  std::vector<resource::ResourcePtr> made;
  std::uint64_t created = there.last_created();
  const auto add = [&](resource::Resource one) {
    one.created = ++created;
    made.push_back(std::make_shared<const resource::Resource>(std::move(one)));
  };
  for (const auto& one : founding.built_in) add(one);
  for (const auto& one : founding.organisations) add(resource_of(one));
  for (const auto& one : founding.accounts) add(resource_of(one, cost));
  return made;
}

}  // namespace registry::service
