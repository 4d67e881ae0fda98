#include "tests/unit/http/native/fake_registry.h"

#include <algorithm>

namespace http::native {
namespace {

using namespace registry::service;
using registry::model::ApiFilter;
using registry::model::Role;
using registry::model::Service;

core::Unexpected<RuleViolation> refused(RuleViolation::Kind kind, std::string text) {
  return core::Unexpected{RuleViolation{kind, std::move(text)}};
}
using Kind = RuleViolation::Kind;

}  // namespace

FakeRegistry::FakeRegistry() {
  for (const char* name : {"System", "acme", "other"}) {
    directory_.organisations.push_back(
        {core::Uuid::random(), name, std::string{name} + " in full"});
  }
  const auto add_user = [&](const char* name, std::size_t organisation, Role role) {
    directory_.users.push_back(
        {core::Uuid::random(), directory_.organisations[organisation].id, name, "", role});
  };
  add_user("root", 0, Role::system_administrator);
  add_user("admin", 1, Role::organisation_administrator);
  add_user("user", 1, Role::user);
  add_user("stranger@home", 2, Role::user);
  publish();
}

registry::access::Caller FakeRegistry::caller(std::string_view name) const {
  const auto user = std::find_if(directory_.users.begin(), directory_.users.end(),
                                 [&](const auto& each) { return each.name == name; });
  return {user->id,           user->name,
          user->organisation, directory_.organisation(user->organisation)->name,
          user->role,         {}};
}

core::Uuid FakeRegistry::organisation(std::string_view name) const {
  return directory_.organisation_named(name)->id;
}

core::Uuid FakeRegistry::add(Service service) {
  return run(CreateService{std::move(service)}).value().id;
}

const Service* FakeRegistry::only_service() const {
  return services_.size() == 1 ? &services_.front() : nullptr;
}

void FakeRegistry::submit(Command command, CommandDone done) {
  ++commands;
  if (held_) {
    waiting_.push_back({std::move(command), std::move(done)});
    return;
  }
  done(std::visit([&](auto& each) { return run(std::move(each)); }, command));
}

void FakeRegistry::release() {
  held_ = false;
  for (auto& each : std::exchange(waiting_, {})) submit(std::move(each.command), each.done);
}

FakeRegistry::Result FakeRegistry::run(LogIn command) {
  const auto* organisation = directory_.organisation_named(command.organisation);
  const auto* user =
      organisation != nullptr ? directory_.user_named(organisation->id, command.user) : nullptr;
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

FakeRegistry::Result FakeRegistry::run(CheckPassword) { return Outcome{}; }

FakeRegistry::Result FakeRegistry::run(LogOut command) {
  sessions_ = sessions_->without(command.token);
  publish();
  return Outcome{};
}

FakeRegistry::Result FakeRegistry::run(CreateService command) {
  for (const Service& each : services_) {
    if (each.namespace_ == command.service.namespace_) {
      return refused(Kind::duplicate, "The namespace is taken.");
    }
  }
  command.service.id = core::Uuid::random();
  command.service.created = services_.empty() ? 1 : services_.back().created + 1;
  for (ApiFilter& filter : command.service.filters) filter.id = core::Uuid::random();
  services_.push_back(command.service);
  publish();
  return Outcome{command.service.id, nullptr};
}

FakeRegistry::Result FakeRegistry::run(ChangeService command) {
  Service* service = find(command.id);
  if (service == nullptr) return refused(Kind::not_found, "There is no such service.");
  if (command.namespace_ && *command.namespace_ != service->namespace_) {
    return refused(Kind::invalid, "The namespace is fixed.");
  }
  service->name = command.name.value_or(service->name);
  service->description = command.description.value_or(service->description);
  service->vendor = command.vendor.value_or(service->vendor);
  service->enabled = command.enabled.value_or(service->enabled);
  service->authorization_enabled =
      command.authorization_enabled.value_or(service->authorization_enabled);
  service->exchange = command.exchange.value_or(service->exchange);
  service->routing_key = command.routing_key.value_or(service->routing_key);
  service->priority = command.priority.value_or(service->priority);
  if (command.reply_timeout) service->reply_timeout = command.reply_timeout;
  if (command.filters) service->filters = *command.filters;
  publish();
  return Outcome{command.id, nullptr};
}

FakeRegistry::Result FakeRegistry::run(DeleteService command) {
  const Service* service = find(command.id);
  if (service == nullptr) return refused(Kind::not_found, "There is no such service.");
  if (service->enabled) return refused(Kind::invalid, "The service is enabled.");
  std::erase_if(services_, [&](const Service& each) { return each.id == command.id; });
  publish();
  return Outcome{command.id, nullptr};
}

FakeRegistry::Result FakeRegistry::run(AddFilter command) {
  Service* service = find(command.service);
  if (service == nullptr) return refused(Kind::not_found, "There is no such service.");
  command.filter.id = core::Uuid::random();
  service->filters.push_back(command.filter);
  publish();
  return Outcome{command.filter.id, nullptr};
}

FakeRegistry::Result FakeRegistry::run(DeleteFilter command) {
  for (Service& service : services_) {
    const auto erased = std::erase_if(
        service.filters, [&](const ApiFilter& filter) { return filter.id == command.id; });
    if (erased == 0) continue;
    publish();
    return Outcome{command.id, nullptr};
  }
  return refused(Kind::not_found, "There is no such filter.");
}

Service* FakeRegistry::find(const core::Uuid& id) {
  const auto found = std::find_if(services_.begin(), services_.end(),
                                  [&](const Service& each) { return each.id == id; });
  return found == services_.end() ? nullptr : &*found;
}

void FakeRegistry::publish() {
  std::vector<std::shared_ptr<const Service>> services;
  for (const Service& each : services_) services.push_back(std::make_shared<const Service>(each));
  auto next = std::make_shared<Snapshot>();
  next->revision = snapshot_ ? snapshot_->revision + 1 : 1;
  next->routes = make_routes(std::move(services));
  next->directory = std::make_shared<const Directory>(directory_);
  next->sessions = sessions_;
  snapshot_ = std::move(next);
}

}  // namespace http::native
