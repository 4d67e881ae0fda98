#include "tools/oriel/broker/command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/json/value.h"
#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "tools/oriel/broker/api.h"
#include "tools/oriel/broker/password.h"
#include "tools/oriel/broker/table.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::broker {
namespace {

/// What the command line said; each sub-command fills in what it needs.
struct Given {
  std::string data = "oriel-data";
  std::string name;
  std::string vhost = "/";
  std::string exchange;
  std::string configure;
  std::string write;
  std::string read;
  std::vector<std::string> tags;
  bool password_stdin = false;
};

int fail(const std::string& sentence, int code = kFailed) {
  std::fprintf(stderr, "oriel: %s\n", sentence.c_str());
  return code;
}

int call(const Given& given, std::string_view method, const std::string& path,
         std::string_view body = {}) {
  const auto api = Api::of(given.data);
  if (!api) return fail(api.error(), kUnreachable);
  const auto answer = api->call(method, path, body);
  if (!answer) return fail(answer.error(), kUnreachable);
  return answer->ok() ? kOk : fail(reason_of(*answer));
}

int list(const Given& given, const std::string& path,
         const std::vector<std::string_view>& columns) {
  const auto api = Api::of(given.data);
  if (!api) return fail(api.error(), kUnreachable);
  const auto answer = api->call("GET", path);
  if (!answer) return fail(answer.error(), kUnreachable);
  if (!answer->ok()) return fail(reason_of(*answer));
  const auto table = table_of(answer->body, columns);
  if (!table) return fail(table.error());
  std::fputs(table->c_str(), stdout);
  return kOk;
}

using Members = std::vector<std::pair<std::string_view, std::string>>;

std::string object(const Members& members, const std::vector<std::string>* tags = nullptr) {
  core::Buffer text;
  core::json::Writer out{text};
  out.begin_object();
  for (const auto& [name, value] : members) out.member(name, value);
  if (tags != nullptr) {
    out.key("tags");
    out.begin_array();
    for (const std::string& tag : *tags) out.string(tag);
    out.end_array();
  }
  out.end_object();
  return std::string{text.text()};
}

int put_user(const Given& given, const std::vector<std::string>& tags) {
  const auto password = given.password_stdin ? read_password(std::cin) : ask_password();
  if (!password) return fail(password.error(), kUsage);
  return call(given, "PUT", "users/" + segment(given.name),
              object({{"password", *password}}, &tags));
}

int add_user(const Given& given) { return put_user(given, given.tags); }

/// The API replaces a user whole, so the tags are asked for first.
int set_password(const Given& given) {
  const auto api = Api::of(given.data);
  if (!api) return fail(api.error(), kUnreachable);
  const auto answer = api->call("GET", "users/" + segment(given.name));
  if (!answer) return fail(answer.error(), kUnreachable);
  if (!answer->ok()) return fail("there is no user " + given.name);
  const auto user = core::json::Document::parse(answer->body);
  if (!user) return fail("the answer is no JSON");
  std::vector<std::string> tags;
  for (const core::json::Value tag : user->root().find("tags").elements()) {
    tags.emplace_back(tag.string().value_or(std::string_view{}));
  }
  return put_user(given, tags);
}

std::string permission_path(const Given& given) {
  return "permissions/" + segment(given.vhost) + "/" + segment(given.name);
}
std::string topic_path(const Given& given) { return "topic-" + permission_path(given); }

int set_permissions(const Given& given) {
  return call(
      given, "PUT", permission_path(given),
      object({{"configure", given.configure}, {"write", given.write}, {"read", given.read}}));
}

int set_topic_permissions(const Given& given) {
  return call(given, "PUT", topic_path(given),
              object({{"exchange", given.exchange}, {"write", given.write}, {"read", given.read}}));
}

int clear_topic_permissions(const Given& given) {
  std::string path = topic_path(given);
  if (!given.exchange.empty()) path += "/" + segment(given.exchange);
  return call(given, "DELETE", path);
}

/// Adds sub-commands one after the other.
class Commands {
 public:
  using Run = std::function<int(const Given&)>;
  Commands(CLI::App& broker, int& status)
      : broker_(broker), given_(std::make_shared<Given>()), status_(status) {}

  CLI::App& add(const char* name, const char* help, Run run) {
    CLI::App* command = broker_.add_subcommand(name, help);
    command->add_option("--data", given_->data, "data folder of the appliance that runs")
        ->envname("ORIEL_DATA")
        ->capture_default_str();
    command->callback(
        [given = given_, &status = status_, run = std::move(run)] { status = run(*given); });
    return *command;
  }
  CLI::App& add_named(const char* name, const char* help, const char* what, Run run) {
    CLI::App& command = add(name, help, std::move(run));
    command.add_option("name", given_->name, what)->required();
    return command;
  }
  Given& given() { return *given_; }

 private:
  CLI::App& broker_;
  std::shared_ptr<Given> given_;
  int& status_;
};

void add_user_commands(Commands& commands) {
  Given& given = commands.given();
  CLI::App& add =
      commands.add_named("add-user", "Add a user, or replace one", "the user's name", &add_user);
  add.add_option("--tags", given.tags, "e.g. administrator: may use the management API")
      ->delimiter(',');
  CLI::App& change =
      commands.add_named("set-password", "Change a password", "the user's name", &set_password);
  for (CLI::App* command : {&add, &change}) {
    command->add_flag("--password-stdin", given.password_stdin,
                      "read the password from standard input instead of asking for it");
  }
  commands.add_named(
      "delete-user", "Delete a user and close his connections", "the user's name",
      [](const Given& user) { return call(user, "DELETE", "users/" + segment(user.name)); });
  commands.add("list-users", "List users", [](const Given& all) {
    return list(all, "users", {"name", "tags", "hashing_algorithm"});
  });
}

void add_vhost_commands(Commands& commands) {
  commands.add_named("add-vhost", "Add a virtual host", "its name", [](const Given& vhost) {
    return call(vhost, "PUT", "vhosts/" + segment(vhost.name));
  });
  commands.add_named(
      "delete-vhost", "Delete a virtual host with all that is in it", "its name",
      [](const Given& vhost) { return call(vhost, "DELETE", "vhosts/" + segment(vhost.name)); });
  commands.add("list-vhosts", "List virtual hosts",
               [](const Given& all) { return list(all, "vhosts", {"name"}); });
}

void add_permission_commands(Commands& commands) {
  Given& given = commands.given();
  CLI::App& set = commands.add_named(
      "set-permissions", "Say what a user may configure, write and read in a virtual host",
      "the user's name", &set_permissions);
  set.add_option("configure", given.configure, "pattern for names; empty: nothing")->required();
  set.add_option("write", given.write, "the same")->required();
  set.add_option("read", given.read, "the same")->required();
  CLI::App& clear = commands.add_named(
      "clear-permissions", "Let a user do nothing in a virtual host", "the user's name",
      [](const Given& user) { return call(user, "DELETE", permission_path(user)); });
  CLI::App& set_topics = commands.add_named(
      "set-topic-permissions", "Say which routing keys a user may use at a topic exchange",
      "the user's name", &set_topic_permissions);
  set_topics.add_option("exchange", given.exchange, "the exchange's name")->required();
  set_topics
      .add_option("write", given.write,
                  "pattern for routing keys to publish with; {username} and {vhost} are expanded")
      ->required();
  set_topics.add_option("read", given.read, "the same, to bind with")->required();
  CLI::App& clear_topics =
      commands.add_named("clear-topic-permissions", "Let a user use every routing key again",
                         "the user's name", &clear_topic_permissions);
  clear_topics.add_option("exchange", given.exchange, "of this exchange only");
  for (CLI::App* command : {&set, &clear, &set_topics, &clear_topics}) {
    command->add_option("--vhost", given.vhost, "the virtual host")->capture_default_str();
  }
  commands.add("list-permissions", "List permissions", [](const Given& all) {
    return list(all, "permissions", {"vhost", "user", "configure", "write", "read"});
  });
  commands.add("list-topic-permissions", "List topic permissions", [](const Given& all) {
    return list(all, "topic-permissions", {"vhost", "user", "exchange", "write", "read"});
  });
}

void add_connection_commands(Commands& commands) {
  commands.add("list-connections", "List connections of the broker", [](const Given& all) {
    return list(all, "connections", {"name", "user", "vhost", "channels", "state"});
  });
  commands.add_named("close-connection", "Close a connection of the broker",
                     "its name, as list-connections has it", [](const Given& connection) {
                       return call(connection, "DELETE", "connections/" + segment(connection.name));
                     });
}

}  // namespace

void add_command(CLI::App& app, int& status) {
  CLI::App* broker =
      app.add_subcommand("broker", "Administer users, permissions and virtual hosts");
  broker->require_subcommand(1);
  Commands commands{*broker, status};
  add_user_commands(commands);
  add_vhost_commands(commands);
  add_permission_commands(commands);
  add_connection_commands(commands);
}

}  // namespace oriel::broker
