#include "registry/service/bootstrap.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "registry/access/secrets.h"
#include "registry/model/rules.h"

namespace registry::service {
namespace {

bool has_organisation(const store::Contents& contents, std::string_view name) {
  return std::any_of(contents.organisations.begin(), contents.organisations.end(),
                     [&](const auto& other) { return model::same_name(other.name, name); });
}

core::Result<void, BootstrapError> check_password(const std::optional<std::string>& password,
                                                  std::string_view whose) {
  if (!password || access::is_usable_password(*password)) return {};
  return core::Unexpected{
      BootstrapError{"The password given for " + std::string{whose} + " must have from 1 to " +
                     std::to_string(access::kPasswordOctetsMax) + " octets and no NUL."}};
}

BootstrapError failed(const store::StoreError& error) {
  return {"The registry could not be prepared: " + error.act + ": " + error.reason + "."};
}

/// Collects what is missing.
class Founder {
 public:
  explicit Founder(access::PasswordCost cost) : cost_(cost) {}

  model::Organisation found(std::string_view name, std::string_view full_name) {
    model::Organisation organisation{.id = core::Uuid::random(),
                                     .name = std::string{name},
                                     .full_name = std::string{full_name},
                                     .enabled = true};
    changes_.push_back(store::PutOrganisation{organisation});
    return organisation;
  }

  void add_user(const model::Organisation& home, std::string_view name, model::Role role,
                const std::optional<std::string>& given) {
    const std::string password = given ? *given : access::new_password();
    if (!given) generated_.push_back({home.name, std::string{name}, password});
    changes_.push_back(store::PutUser{{.id = core::Uuid::random(),
                                       .organisation = home.id,
                                       .name = std::string{name},
                                       .password_hash = access::hash_password(password, cost_),
                                       .role = role,
                                       .enabled = true}});
  }

  [[nodiscard]] const std::vector<store::Change>& changes() const { return changes_; }
  [[nodiscard]] std::vector<GeneratedPassword> generated() && { return std::move(generated_); }

 private:
  access::PasswordCost cost_;
  std::vector<store::Change> changes_;
  std::vector<GeneratedPassword> generated_;
};

}  // namespace

core::Result<std::vector<GeneratedPassword>, BootstrapError> bootstrap(
    store::RegistryStore& store, const BootstrapOptions& options) {
  if (auto checked = check_password(options.administrator_password, kAdministrator); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (auto checked = check_password(options.dev_password, kDevOrganisation); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  const auto contents = store.load();
  if (!contents) return core::Unexpected{failed(contents.error())};

  Founder founder{options.password_cost};
  if (!has_organisation(*contents, model::kSystemOrganisation)) {
    const auto system = founder.found(model::kSystemOrganisation, "System");
    founder.add_user(system, kAdministrator, model::Role::system_administrator,
                     options.administrator_password);
  }
  if (options.dev && !has_organisation(*contents, kDevOrganisation)) {
    const auto acme = founder.found(kDevOrganisation, "Acme (development)");
    founder.add_user(acme, kDevAdministrator, model::Role::organisation_administrator,
                     options.dev_password);
    founder.add_user(acme, kDevUser, model::Role::user, options.dev_password);
  }
  if (!founder.changes().empty()) {
    if (auto applied = store.apply(founder.changes()); !applied) {
      return core::Unexpected{failed(applied.error())};
    }
  }
  return std::move(founder).generated();
}

}  // namespace registry::service
