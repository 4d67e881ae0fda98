#include "tests/sim/echo.h"

#include <optional>

#include "core/encoding/base64.h"
#include "core/json/value.h"
#include "core/json/writer.h"

namespace sim {
namespace {

constexpr std::uint16_t kPrefetch = 5;

/// The body of the request in an envelope (spec section 4.4); nullopt when it is none.
std::optional<std::string> body_of(std::string_view envelope) {
  const auto document = core::json::Document::parse(envelope);
  if (!document || document->root().size() != 3) return std::nullopt;
  const auto text = (*document->root().elements().begin()).find("body").string();
  core::Buffer body;
  if (!text || !core::decode_base64(*text, core::Base64::strict, body)) return std::nullopt;
  return std::string{body.text()};
}

/// `slot.opening.nonce` with the next opening: the id of another question, but for its nonce.
std::string with_next_opening(const std::string& id) {
  const std::size_t begin = id.find('.') + 1;
  const std::size_t end = id.find('.', begin);
  return id.substr(0, begin) + std::to_string(std::stoull(id.substr(begin, end - begin)) + 1) +
         id.substr(end);
}

std::string with_other_nonce(std::string id) {
  id.back() = id.back() == '0' ? '1' : '0';
  return id;
}

}  // namespace

void Echo::opened() {
  declare_exchange(kServices, "direct");
  declare_queue(queue_);
  bind(queue_, kServices, queue_);
  consume(queue_, kPrefetch);
}

void Echo::received(const Message& message) {
  const auto body = body_of(message.body);
  world().witness.expect(body.has_value(), "a service got no envelope", message.body);
  if (!body) return;
  const std::string& correlation_id = message.properties.correlation_id.value();
  Task task{message.tag, questions_.received(*body, correlation_id, message.redelivered),
            correlation_id, message.properties.reply_to.value()};
  if (task.question == 0) return;
  if (chance(manners_.slow)) {
    kept_.push_back(std::move(task));
  } else if (chance(manners_.silent)) {
    questions_.staying_silent(task.question);
    ack(task.tag);
  } else {
    answer(task);
  }
}

void Echo::answer(const Task& task) {
  if (chance(manners_.forges)) forge(task);
  const std::string body = Questions::answer_to(questions_.body(task.question));
  for (int times = chance(manners_.repeats) ? 2 : 1; times > 0; --times) {
    questions_.replying(task.question);
    reply(task.reply_to, task.correlation_id, body);
  }
  ack(task.tag);
}

/// A guessed nonce, another question's opening, no id at all, or the gateway of another shard.
void Echo::forge(const Task& task) {
  const std::string body = Questions::answer_to(questions_.body(task.question)) + " (forged)";
  Brokers& brokers = world().brokers;
  const auto shard = static_cast<std::uint16_t>(random_() % brokers.shards());
  const std::string address = brokers.broker(0).settings().reply_queue(shard);
  questions_.forging();
  switch (random_() % 4) {
    case 0:
      return reply(task.reply_to, with_other_nonce(task.correlation_id), body);
    case 1:
      return reply(task.reply_to, with_next_opening(task.correlation_id), body);
    case 2:
      return reply(task.reply_to, "no id", body);
    default:
      return reply(
          address,
          address == task.reply_to ? with_other_nonce(task.correlation_id) : task.correlation_id,
          body);
  }
}

void Echo::reply(const std::string& reply_to, const std::string& correlation_id,
                 std::string_view body) {
  core::Buffer text;
  core::json::Writer json{text};
  json.begin_object();
  json.member("statusCode", std::uint16_t{200});
  json.key("body");
  json.base64(core::octets_of(body));
  json.end_object();
  amqp::wire::Properties properties;
  properties.correlation_id = correlation_id;
  publish(world().brokers.broker(0).settings().reply_exchange(), reply_to, properties, text.text());
}

void Echo::wake() {
  if (kept_.empty()) return;
  const Task task = std::move(kept_.front());
  kept_.pop_front();
  answer(task);
}

void Echo::be_gentle() {
  manners_ = Manners{};
  while (!kept_.empty()) wake();
}

}  // namespace sim
