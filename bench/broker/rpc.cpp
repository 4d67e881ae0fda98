// Request and reply: a requester, a queue (or subject), a responder, and a reply queue of the
// requester's own. A fixed number of round trips is outstanding at any time.

#include <cstdio>
#include <functional>
#include <stdexcept>

#include "bench/broker/amqp.h"
#include "bench/broker/measure.h"
#include "bench/broker/nats.h"

namespace broker_bench {
namespace {

constexpr std::size_t kSlotDigits = 4;

std::string slot_text(std::size_t slot) {
  std::array<char, kSlotDigits + 1> digits{};
  std::snprintf(digits.data(), digits.size(), "%04zu", slot);
  return digits.data();
}
std::size_t slot_of(std::string_view text) {
  std::size_t slot = 0;
  for (const char digit : text.substr(text.size() - kSlotDigits)) {
    slot = slot * 10 + static_cast<std::size_t>(digit - '0');
  }
  return slot;
}

/// The two ends. `ask` appends a request to the requester's output; `serve` answers what the
/// responder has read; `take` tells the slot of each reply that the requester has read.
struct Ends {
  Link& requester;
  Link& responder;
  std::function<void(std::size_t slot)> ask;
  std::function<void()> serve;
  std::function<void(const std::function<void(std::size_t slot)>&)> take;
};

Figures run(const Options& options, const Ends& ends) {
  std::vector<Time> asked(options.outstanding);
  std::vector<double> samples;
  std::uint64_t done = 0;
  bool measuring = false;
  const auto ask = [&](std::size_t slot) {
    asked[slot] = Clock::now();
    ends.ask(slot);
  };
  Stopwatch watch{options};
  for (std::size_t slot = 0; slot < asked.size(); ++slot) ask(slot);
  while (!watch.over()) {
    ends.requester.flush();
    ends.responder.flush();
    wait_for({&ends.requester, &ends.responder}, watch.end());
    measuring = watch.measuring(done);
    if (ends.responder.receive()) ends.serve();
    ends.responder.flush();
    if (!ends.requester.receive()) continue;
    ends.take([&](std::size_t slot) {
      ++done;
      if (measuring) samples.push_back(seconds_since(asked[slot]) * 1e6);
      ask(slot);
    });
  }
  Figures figures;
  watch.add_to(figures, "rate", done);
  add_latency(figures, samples);
  return figures;
}

/// Calls `see` with the properties of each message; all bodies have the same size.
void each_message(Link& link, const std::function<void(const amqp::wire::PropertiesView&)>& see) {
  std::string_view input = link.input();
  for (auto frame = frame_of(input); frame; frame = frame_of(input)) {
    if (frame->type == 2) {
      const auto header = amqp::wire::decode_content_header(core::octets_of(frame->payload));
      const auto properties = amqp::wire::view_properties(header->properties);
      if (!properties) throw std::runtime_error{"properties that cannot be read"};
      see(*properties);
    } else if (frame->type == 1 && method_of(*frame) != kBasicDeliver) {
      throw std::runtime_error{"not a delivery"};
    }
    input.remove_prefix(frame->size);
  }
  link.consume(link.input().size() - input.size());
}

Figures run_amqp(const Options& options) {
  const std::string queue = fresh_name("rpc");
  const std::string body(options.size, 'x');
  AmqpLink responder{options.port};
  responder.declare(queue, false);
  responder.consume(queue, true, 0);
  AmqpLink requester{options.port};
  const std::string reply_queue = requester.declare(fresh_name("rpc-reply"), false, true);
  requester.consume(reply_queue, true, 0);

  const auto encode = [&](const std::string& key, std::size_t slot, bool reply) {
    amqp::wire::Properties properties;
    properties.correlation_id = slot_text(slot);
    if (!reply) properties.reply_to = reply_queue;
    return encode_publish(key, body, properties);
  };
  std::vector<std::string> requests;
  std::vector<std::string> replies;
  for (std::size_t slot = 0; slot < options.outstanding; ++slot) {
    requests.push_back(encode(queue, slot, false));
    replies.push_back(encode(reply_queue, slot, true));
  }
  const Ends ends{
      .requester = requester.link,
      .responder = responder.link,
      .ask = [&](std::size_t slot) { requester.link.output() += requests[slot]; },
      .serve =
          [&] {
            each_message(responder.link, [&](const amqp::wire::PropertiesView& properties) {
              if (properties.reply_to != reply_queue) throw std::runtime_error{"a wrong reply-to"};
              responder.link.output() += replies.at(slot_of(properties.correlation_id.value()));
            });
          },
      .take =
          [&](const std::function<void(std::size_t)>& seen) {
            each_message(requester.link, [&](const amqp::wire::PropertiesView& properties) {
              seen(slot_of(properties.correlation_id.value()));
            });
          }};
  Figures figures = run(options, ends);
  AmqpLink{options.port}.remove(queue);
  return figures;
}

Figures run_nats(const Options& options) {
  const std::string subject = fresh_name("rpc");
  const std::string inbox = "_INBOX." + subject + ".";
  const std::string body(options.size, 'x');
  NatsLink responder{options.port};
  responder.subscribe(subject);
  NatsLink requester{options.port};
  requester.subscribe(inbox + "*");
  const Ends ends{.requester = requester.link,
                  .responder = responder.link,
                  .ask =
                      [&](std::size_t slot) {
                        requester.link.output() +=
                            encode_pub(subject, inbox + slot_text(slot), body);
                      },
                  .serve =
                      [&] {
                        while (const auto request = next_message(responder.link)) {
                          responder.link.output() += encode_pub(request->reply, "", body);
                        }
                      },
                  .take =
                      [&](const std::function<void(std::size_t)>& seen) {
                        while (const auto reply = next_message(requester.link))
                          seen(slot_of(reply->subject));
                      }};
  return run(options, ends);
}

}  // namespace

Figures run_rpc(const Options& options) {
  return options.nats ? run_nats(options) : run_amqp(options);
}

}  // namespace broker_bench
