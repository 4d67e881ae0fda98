#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amqp/port/port.h"
#include "core/encoding/base64.h"
#include "core/json/value.h"
#include "core/time/clock.h"
#include "http/dispatch/timeline.h"
#include "http/message/message.h"
#include "registry/access/caller.h"
#include "registry/model/model.h"
#include "registry/service/snapshot.h"

namespace http::testing {

inline core::Uuid uuid(std::uint8_t last) {
  std::array<std::uint8_t, 16> octets{};
  octets[15] = last;
  return core::Uuid{octets};
}

inline core::SharedBytes bytes(std::string_view text) {
  return core::SharedBytes::copy_of(core::octets_of(text));
}

inline std::string base64(std::string_view text) {
  core::Buffer out;
  core::append_base64(out, core::octets_of(text));
  return std::string{out.text()};
}

inline registry::access::Caller caller() {
  registry::access::Caller caller;
  caller.user = uuid(1);
  caller.user_name = "ann";
  caller.organisation = uuid(2);
  caller.organisation_name = "acme";
  caller.rights = {uuid(3), uuid(4)};
  return caller;
}

inline std::shared_ptr<registry::model::Service> service(std::uint8_t number, std::string name) {
  auto made = std::make_shared<registry::model::Service>();
  made->id = uuid(number);
  made->created = number;
  made->name = std::move(name);
  made->enabled = true;
  made->exchange = "exchange-" + made->name;
  made->routing_key = "key-" + made->name;
  return made;
}

/// Adds a service to routes that a test writes by hand; its URL filters are the test's affair.
inline void add_to(registry::service::Routes& routes,
                   const std::shared_ptr<const registry::model::Service>& service) {
  const auto place = registry::service::chain_place(*service);
  routes.services = routes.services.with(place, service);
  for (const auto& filter : service->filters) {
    if (!filter.response_content_type || !service->enabled) continue;
    const auto key = registry::service::media_type_key(*filter.response_content_type);
    const auto* chain = routes.response_filters.find(key);
    const auto before = chain == nullptr ? registry::service::Routes::Chain{} : *chain;
    routes.response_filters = routes.response_filters.with(key, before.with(place, service));
  }
}

inline message::Request request(std::string method, std::string path, core::Instant now) {
  message::Request made;
  made.method = std::move(method);
  made.target.path = std::move(path);
  made.headers.add("Host", "vcd.example.org");
  made.ends = {true, "10.0.0.7", 51234, "10.0.0.2", 443};
  made.accepted = now;
  made.head_parsed = now;
  return made;
}

/// A broker that keeps what is published and says what it is told to say.
class FakePort final : public amqp::port::Port {
 public:
  struct Sent {
    std::string exchange;
    std::string routing_key;
    amqp::port::Properties properties;
    core::SharedBytes body;
    core::StageMark mark;
    std::uint64_t token = 0;

    [[nodiscard]] std::string correlation_id() const { return *properties.correlation_id; }
    [[nodiscard]] core::json::Document json() const {
      return std::move(core::json::Document::parse(body.text())).value();
    }
  };

  void attach(amqp::port::PortClient& client) { client_ = &client; }
  void publish(const amqp::port::Outgoing& message, std::uint64_t token,
               core::Instant now) override {
    sent.push_back({std::string{message.exchange}, std::string{message.routing_key},
                    message.properties, message.body, message.mark, token});
    const std::string correlation_id = *message.properties.correlation_id;
    if (outcome) client_->published(token, *outcome, now);
    if (!instant_reply.empty()) reply(correlation_id, instant_reply, now);
  }
  [[nodiscard]] const amqp::port::ReplyAddress& reply_address() const override { return address_; }
  [[nodiscard]] amqp::port::PortState state() const override { return state_now; }

  void reply(std::string_view correlation_id, std::string_view body, core::Instant now) {
    client_->replied({.correlation_id = correlation_id, .body = bytes(body)}, now);
  }

  std::vector<Sent> sent;
  std::optional<amqp::port::PublishOutcome> outcome = amqp::port::PublishOutcome::routed;
  std::string instant_reply;  // sent from within publish
  amqp::port::PortState state_now = amqp::port::PortState::ready;

 private:
  amqp::port::PortClient* client_ = nullptr;
  amqp::port::ReplyAddress address_{"vcd.replyExchange", "vcd.replyQueue.cell"};
};

}  // namespace http::testing
