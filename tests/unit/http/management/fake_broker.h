#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "amqp/port/administration.h"

namespace http::management {

/// A broker that knows joe, who administers, and jim, who does not; it notes what it is told.
class FakeBroker final : public amqp::port::Administration {
 public:
  using Credentials = amqp::port::Credentials;
  using Administrator = amqp::port::Administrator;

  void identify(Credentials credentials, Done<std::optional<Administrator>> done) override {
    asked = credentials;
    if (credentials.password != "right") return done(std::nullopt);
    if (credentials.user == "joe") return done(Administrator{"joe", {"administrator"}});
    done(Administrator{credentials.user, {"monitoring"}});
  }
  [[nodiscard]] bool is_token(std::string_view token) const override { return token == "token"; }

  void carry_out(amqp::port::AdminCommand command, Done<amqp::port::AdminResult> done) override {
    commands.push_back(std::move(command));
    done(result);
  }

  [[nodiscard]] std::vector<std::string> vhosts() const override { return {"/", "other"}; }
  [[nodiscard]] std::vector<amqp::port::UserRow> users() const override {
    return {{"jim", {"monitoring", "x"}, "crypt"}, {"joe", {}, ""}};
  }
  [[nodiscard]] std::vector<amqp::port::PermissionRow> permissions() const override {
    return {{"/", "joe", "c", "w", "r"}, {"other", "joe", "", "", ""}};
  }
  [[nodiscard]] std::vector<amqp::port::TopicPermissionRow> topic_permissions() const override {
    return {{"/", "joe", "amq.topic", "w", "r"}};
  }
  void queues(Done<std::vector<amqp::port::QueueRow>> done) override {
    amqp::port::QueueRow row{.vhost = "/",
                             .name = "q",
                             .durable = true,
                             .ready = 2,
                             .unacknowledged = 3,
                             .consumers = 1,
                             .arguments = {}};
    done({row, {.vhost = "other", .name = "q2", .arguments = {}}});
  }
  void exchanges(Done<std::vector<amqp::port::ExchangeRow>> done) override {
    done({{"/", "", "direct", true, false, false, {}}, {"/", "x", "topic", false, true, true, {}}});
  }
  void bindings(Done<std::vector<amqp::port::BindingRow>> done) override {
    done({{"/", "", "q", false, "q", {}}, {"/", "x", "y", true, "", {}}});
  }
  void connections(Done<std::vector<amqp::port::ConnectionRow>> done) override {
    amqp::port::ConnectionRow row;
    row.name = "127.0.0.1:4 -> 127.0.0.1:5672";
    row.user = "joe";
    row.vhost = "/";
    row.channels = 3;
    done({row});
  }
  void node(Done<amqp::port::NodeRow> done) override {
    amqp::port::NodeRow row;
    row.name = "oriel@here";
    row.version = "1.2.3";
    row.memory_alarm = alarm;
    done(row);
  }
  void close_connection(std::string name, std::string reason, Done<bool> done) override {
    closed = {name, reason};
    done(name.starts_with("127.0.0.1:4"));
  }

  std::optional<Credentials> asked;
  std::vector<amqp::port::AdminCommand> commands;
  amqp::port::AdminResult result = amqp::port::Changed::created;
  std::pair<std::string, std::string> closed;
  bool alarm = false;
};

}  // namespace http::management
