// From basic.publish to the broker, and confirmations back.

#include <utility>

#include "amqp/session/channel.h"
#include "core/base/check.h"

namespace amqp::session {
namespace {
/// A confirmation names generation and sequence; 2^40 publishes on a channel take weeks.
constexpr unsigned kSequenceBits = 40;
constexpr std::uint64_t kSequenceMask = (std::uint64_t{1} << kSequenceBits) - 1;
}  // namespace

Outcome Channel::on(wire::BasicPublishView& method) {
  if (method.immediate) return refuse(wire::kNotImplemented, "immediate=true", method.id);
  if (auto fine = check_names({method.exchange}, method.id); !fine) return fine;
  assembly_.begin(method);
  note_half_sent();
  return {};
}

void Channel::note_half_sent() {
  if (link_.half_sent.empty() || link_.half_sent.back() != id_) link_.half_sent.push_back(id_);
}

void Channel::keep_content() {
  link_.assembling_octets -= assembly_.octets();
  assembly_.keep();
  link_.assembling_octets += assembly_.octets();
}

Outcome Channel::on_content(const wire::FrameView& frame) {
  const std::size_t octets_before = assembly_.octets();
  const bool is_header = assembly_.stage() == ContentAssembly::Stage::header;
  const auto complete =
      is_header ? assembly_.header(frame) : assembly_.body(frame, link_.input_block);
  link_.assembling_octets += assembly_.octets() - octets_before;
  if (!complete) return core::Unexpected{complete.error()};
  if (is_header) {
    if (auto fine = read_properties(); !fine) return fine;
    note_half_sent();  // the publish may have come in an earlier turn
  }
  if (*complete) {
    auto outcome = publish();
    assembly_.forget();
    return outcome;
  }
  if (link_.assembling_octets > link_.settings.assembly_octets_max) {
    return refuse(wire::kResourceError, "too many half-sent messages", wire::BasicPublish::id);
  }
  return {};
}

Outcome Channel::read_properties() {
  auto read = read_publish_properties(assembly_.properties(), link_.user);
  if (!read) return core::Unexpected{std::move(read.error())};
  properties_ = *read;
  return {};
}

Outcome Channel::publish() {
  link_.assembling_octets -= assembly_.octets();
  const Content content = assembly_.take();
  core::BytesView properties = content.properties;
  core::SharedBytes with_address;
  if (properties_.replies_directly) {
    if (reply_consumer_ == port::ConsumerId{}) {
      return refuse(wire::kPreconditionFailed, "fast reply consumer does not exist",
                    wire::BasicPublish::id);
    }
    with_address = with_reply_to(properties.octets(), reply_address_);
    properties = with_address;
  }
  return transaction_ ? hold_publish(properties, content.body)
                      : publish_now(properties, content.body);
}

Outcome Channel::publish_now(const core::BytesView& properties, const core::BytesView& body) {
  const std::uint64_t sequence = confirms_ ? confirms_->open() : 0;
  if (is_congested()) link_.congested = id_;
  const auto routed = link_.broker().publish(link_.connection, port_id(),
                                             {.exchange = assembly_.exchange(),
                                              .routing_key = assembly_.routing_key(),
                                              .properties = properties,
                                              .body = body,
                                              .traits = properties_.traits,
                                              .confirm_sequence = confirms_ ? label(sequence) : 0,
                                              .mark = {}},
                                             link_.now);
  if (!routed) {
    return refuse(routed.error().code, routed.error().text, wire::BasicPublish::id);
  }
  if (*routed == port::Routed::queued) return {};

  if (assembly_.mandatory()) {
    tell_confirms();  // of earlier publishes: clients read acks and returns as one sequence
    send_return(assembly_.exchange(), assembly_.routing_key(), properties, body);
  }
  if (confirms_) resolve(sequence, true);  // behind the return
  return {};
}

void Channel::send_return(std::string_view exchange, std::string_view routing_key,
                          const core::BytesView& properties, const core::BytesView& body) {
  link_.writer.send(id_,
                    wire::BasicReturnView{.reply_code = wire::kNoRoute,
                                          .reply_text = wire::reply_name(wire::kNoRoute),
                                          .exchange = exchange,
                                          .routing_key = routing_key},
                    properties, body);
}

Outcome Channel::on(wire::ConfirmSelect& method) {
  if (transaction_) {
    return refuse(wire::kPreconditionFailed, "cannot switch from tx to confirm mode", method.id);
  }
  if (!confirms_) confirms_.emplace();
  if (!method.nowait) link_.writer.send(id_, wire::ConfirmSelectOk{});
  return {};
}

std::uint64_t Channel::label(std::uint64_t sequence) const {
  CORE_CHECK(sequence <= kSequenceMask);
  return std::uint64_t{generation_} << kSequenceBits | sequence;
}

void Channel::confirmed(std::uint64_t label, bool accepted) {
  if (label >> kSequenceBits != generation_) return;  // an earlier channel's
  if (transaction_) {
    if (!transaction_->done()) end_commit_step(accepted);
    return;
  }
  if (confirms_) resolve(label & kSequenceMask, accepted);
}

void Channel::resolve(std::uint64_t sequence, bool accepted) {
  const bool had_news = confirms_->has_news();
  confirms_->resolve(sequence, accepted);
  if (!had_news && confirms_->has_news()) link_.to_confirm.push_back(id_);
}

void Channel::tell_confirms() {
  if (!confirms_) return;
  confirms_->tell([this](std::uint64_t tag, bool multiple, bool accepted) {
    if (!link_.writer.has_room()) return false;
    if (accepted) {
      link_.writer.send(id_, wire::BasicAck{.delivery_tag = tag, .multiple = multiple});
    } else {
      link_.writer.send(id_, wire::BasicNack{.delivery_tag = tag, .multiple = multiple});
    }
    return true;
  });
  if (confirms_->has_news()) link_.to_confirm.push_back(id_);
}

}  // namespace amqp::session
