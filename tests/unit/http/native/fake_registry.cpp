#include "tests/unit/http/native/fake_registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/service/derive.h"
#include "registry/service/renewal.h"
#include "tests/unit/registry/service/typed_commands.h"

namespace http::native {
namespace {

using namespace registry::service;
using registry::model::Role;
using registry::model::Service;
using registry::resource::Kind;
using registry::resource::Resource;
namespace kinds = registry::kinds;

core::Unexpected<RuleViolation> refused(RuleViolation::Kind kind, std::string text) {
  return core::Unexpected{RuleViolation{kind, std::move(text)}};
}

Resource named(const Kind& kind, std::string name) {
  Resource made;
  made.kind = &kind;
  made.id = core::Uuid::random();
  made.set("name", std::move(name));
  made.set("IsEnabled", true);
  return made;
}

}  // namespace

FakeRegistry::FakeRegistry() {
  for (Resource& built_in : kinds::built_ins()) put(std::move(built_in));
  const auto add_organisation = [&](const char* name) {
    Resource made = named(kinds::organisation(), name);
    made.set("FullName", std::string{name} + " in full");
    const core::Uuid id = made.id;
    put(std::move(made));
    return id;
  };
  const auto add_user = [&](const char* name, const core::Uuid& organisation, Role role) {
    Resource made = named(kinds::user(), name);
    made.parent = organisation;
    made.set("Role", kinds::reference_to_role(role));
    put(std::move(made));
  };
  const core::Uuid system = add_organisation("System");
  const core::Uuid acme = add_organisation("acme");
  const core::Uuid other = add_organisation("other");
  add_user("root", system, Role::system_administrator);
  add_user("admin", acme, Role::organisation_administrator);
  add_user("user", acme, Role::user);
  add_user("stranger@home", other, Role::user);
  publish();
}

void FakeRegistry::put(Resource resource) {
  Decision decision;
  if (resource.created == 0) resource.created = state_.resources()->last_created() + 1;
  const auto made = std::make_shared<const Resource>(std::move(resource));
  decision.resources = state_.resources()->with(made);
  decision.changes.emplace_back(registry::store::PutResource{made});
  make_true(decision);
}

core::Uuid FakeRegistry::give_role(std::string_view user, std::string name) {
  Resource role;
  role.kind = &kinds::role();
  role.id = core::Uuid::random();
  role.set("name", std::move(name));
  const core::Uuid id = role.id;
  Resource holder = *state_.resources()->find(kinds::user(), caller(user).user);
  holder.set("Role", registry::resource::Reference{.id = id, .kind = "role"});
  put(std::move(role));
  put(std::move(holder));
  publish();
  return id;
}

registry::access::Caller FakeRegistry::caller(std::string_view name) const {
  const auto& users = snapshot_->directory->users();
  const auto user =
      std::find_if(users.begin(), users.end(), [&](const auto& each) { return each.name == name; });
  return snapshot_->directory->caller_of(*user);
}

core::Uuid FakeRegistry::organisation(std::string_view name) const {
  return snapshot_->directory->organisation_named(name)->id;
}

core::Uuid FakeRegistry::add(Service service) {
  return run(as_resource_command(CreateService{std::move(service)})).value().id;
}

const Service* FakeRegistry::only_service() const {
  const auto& services = snapshot_->routes->services;
  return services.size() == 1 ? services.begin()->get() : nullptr;
}

void FakeRegistry::submit(Command command, CommandDone done) {
  ++commands;
  if (held_) {
    waiting_.push_back({std::move(command), std::move(done)});
    return;
  }
  done(std::visit([&](const auto& each) { return run(each); }, command));
}

void FakeRegistry::release() {
  held_ = false;
  for (auto& each : std::exchange(waiting_, {})) submit(std::move(each.command), each.done);
}

FakeRegistry::Result FakeRegistry::run(const LogIn& command) {
  using Kind = RuleViolation::Kind;
  const Directory& directory = *snapshot_->directory;
  const auto* organisation = directory.organisation_named(command.organisation);
  const auto* user =
      organisation != nullptr ? directory.user_named(organisation->id, command.user) : nullptr;
  if (command.password == "busy") return refused(Kind::busy, "Too many sessions are open.");
  if (user == nullptr || command.password != "se:cret") {
    return refused(Kind::unauthorized, "The user name or the password is wrong.");
  }
  auto session = std::make_shared<registry::access::Session>();
  session->id = core::Uuid::random();
  session->token = "token-" + session->id.to_string();
  session->signed_token = "signed-" + session->id.to_string();
  session->caller = caller(user->name);
  session->created = kNow;
  session->last_used = kNow.time_since_epoch().count();
  sessions_ = sessions_->with(session);
  publish();
  return Outcome{session->id, session};
}

FakeRegistry::Result FakeRegistry::run(const CheckPassword&) { return Outcome{}; }

FakeRegistry::Result FakeRegistry::run(const LogOut& command) {
  sessions_ = sessions_->without(command.token);
  publish();
  return Outcome{};
}

FakeRegistry::Result FakeRegistry::run(const ReadAudit& command) {
  Outcome outcome;
  outcome.audit =
      std::make_shared<const registry::store::AuditPage>(store_.audit(command.query).value());
  return outcome;
}

template <typename AboutResources>
FakeRegistry::Result FakeRegistry::run(const AboutResources& command) {
  auto decision = decide(state_, command, kWall);
  if (!decision) return core::Unexpected{std::move(decision).error()};
  make_true(*decision);
  publish();
  return decision->outcome;
}

void FakeRegistry::make_true(Decision& decision) {
  EXPECT_TRUE(store_.apply(decision.changes));
  state_.assume(std::move(decision.resources));
  state_.confirm(decision.changes);
}

void FakeRegistry::publish() {
  auto next = std::make_shared<Snapshot>();
  next->revision = snapshot_ ? snapshot_->revision + 1 : 1;
  next->resources = state_.resources();
  next->authorization = std::make_shared<const registry::authorization::Table>(*state_.resources());
  next->entities = std::make_shared<const registry::entity::Table>(*state_.resources());
  next->routes = routes_of(*state_.resources());
  next->directory = directory_of(*state_.resources());
  if (snapshot_) {
    sessions_ = renew_sessions(sessions_, *snapshot_->directory, *next->directory);
  }
  next->sessions = sessions_;
  snapshot_ = std::move(next);
}

}  // namespace http::native
