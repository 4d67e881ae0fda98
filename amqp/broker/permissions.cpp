#include "amqp/broker/permissions.h"

#include <string>
#include <utility>

#include "amqp/broker/refusals.h"

namespace amqp::broker {
namespace {

using access::Right;
using Verdict = std::optional<port::Refusal>;

constexpr std::string_view kQueue = "queue";
constexpr std::string_view kExchange = "exchange";
constexpr std::string_view kDefaultExchange = "amq.default";
constexpr std::string_view kReserved = "amq.";

/// One question after the other about one request; the first no is kept.
class Asking {
 public:
  Asking(access::Guard& guard, const Vhost& vhost) : guard_(guard), vhost_(vhost) {}

  void operator()(const port::DeclareExchange& request) {
    if (request.passive || request.name.empty()) return;
    const bool is_new = vhost_.exchange(request.name) == nullptr;
    ask(Right::configure, kExchange, request.name);
    const wire::FieldValue* alternate = request.arguments.find("alternate-exchange");
    if (!is_new || alternate == nullptr || alternate->text() == nullptr) return;
    ask(Right::read, kExchange, request.name);
    ask_exchange(Right::write, *alternate->text());
  }

  void operator()(const port::DeclareQueue& request) {
    if (request.passive) return;
    const std::string_view name = request.name.empty() ? kServerNamed : request.name;
    const bool is_new = request.name.empty() || vhost_.queue(request.name) == nullptr;
    if (is_new && request.name.starts_with(kReserved)) return;  // refused for that
    ask(Right::configure, kQueue, name);
    const wire::FieldValue* dead_letters = request.arguments.find("x-dead-letter-exchange");
    if (!is_new || dead_letters == nullptr || dead_letters->text() == nullptr) return;
    ask(Right::read, kQueue, name);
    ask_exchange(Right::write, *dead_letters->text());
  }

  void operator()(const port::DeleteExchange& request) {
    if (request.name.empty() || request.name.starts_with(kReserved)) return;  // refused for that
    ask(Right::configure, kExchange, request.name);
  }
  void operator()(const port::DeleteQueue& request) { ask(Right::configure, kQueue, request.name); }

  void operator()(const port::BindQueue& request) { ask_binding(request); }
  void operator()(const port::UnbindQueue& request) { ask_binding(request); }
  void operator()(const port::BindExchange& request) { ask_exchange_binding(request); }
  void operator()(const port::UnbindExchange& request) { ask_exchange_binding(request); }

  void operator()(const port::PurgeQueue& request) { ask(Right::read, kQueue, request.name); }
  void operator()(const port::Consume& request) { ask(Right::read, kQueue, request.queue); }
  void operator()(const port::Get& request) { ask(Right::read, kQueue, request.queue); }
  void operator()(const port::Cancel&) {}

  [[nodiscard]] Verdict verdict() { return std::move(verdict_); }

 private:
  void ask(Right right, std::string_view kind, std::string_view name) {
    if (verdict_ || guard_.may(right, name)) return;
    verdict_ = no_access(right, kind, name, vhost_, guard_.user());
  }
  void ask_exchange(Right right, std::string_view name) {
    ask(right, kExchange, name.empty() ? kDefaultExchange : name);
  }
  template <typename Binding>
  void ask_binding(const Binding& request) {
    ask(Right::write, kQueue, request.queue);
    ask_source(request.exchange, request.routing_key);
  }
  template <typename Binding>
  void ask_exchange_binding(const Binding& request) {
    ask_exchange(Right::write, request.destination);
    if (request.destination.empty()) return;  // refused for that
    ask_source(request.source, request.routing_key);
  }
  void ask_source(std::string_view name, std::string_view key) {
    if (name.empty()) return;  // refused for that
    ask(Right::read, kExchange, name);
    const Exchange* source = vhost_.exchange(name);
    if (verdict_ || source == nullptr || source->traits().type != ExchangeType::topic) return;
    if (guard_.may_topic(Right::read, name, key)) return;
    verdict_ = no_topic(Right::read, key, name, vhost_, guard_.user());
  }

  access::Guard& guard_;
  const Vhost& vhost_;
  Verdict verdict_;
};

}  // namespace

std::optional<port::Refusal> forbidden(access::Guard& guard, const Vhost& vhost,
                                       const port::Request& request) {
  Asking asking{guard, vhost};
  std::visit(asking, request);
  return asking.verdict();
}

std::optional<port::Refusal> forbidden(access::Guard& guard, const Vhost& vhost,
                                       const port::Publish& publish,
                                       const BrokerSettings& settings) {
  const std::string_view name = publish.exchange.empty() ? kDefaultExchange : publish.exchange;
  if (!guard.may_publish(name)) {
    const bool answers = vhost.name() == "/" && name == settings.reply_exchange();
    if (!answers || !guard.may_enter()) {
      return no_access(Right::write, kExchange, name, vhost, guard.user());
    }
    guard.except_publishing(name);
  }
  if (!guard.has_topics()) return std::nullopt;
  const Exchange* exchange = vhost.exchange(publish.exchange);
  if (exchange == nullptr || exchange->traits().type != ExchangeType::topic) return std::nullopt;
  if (exchange->traits().internal) return std::nullopt;  // refused for that
  if (guard.may_topic(Right::write, name, publish.routing_key)) return std::nullopt;
  return no_topic(Right::write, publish.routing_key, name, vhost, guard.user());
}

std::optional<port::Refusal> forbidden_entry(access::Guard& guard, std::string_view vhost) {
  if (guard.may_enter()) return std::nullopt;
  return no_entry(vhost, guard.user());
}

}  // namespace amqp::broker
