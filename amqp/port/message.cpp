#include "amqp/port/message.h"

#include <cstring>
#include <new>
#include <type_traits>

namespace amqp::port {
namespace {

/// Puts octets behind each other.
class Packer {
 public:
  explicit Packer(std::byte* to) : to_(to) {}
  core::Octets add(core::Octets octets) {
    std::byte* const place = to_;
    if (!octets.empty()) std::memcpy(place, octets.data(), octets.size());
    to_ += octets.size();
    return {place, octets.size()};
  }

 private:
  std::byte* to_;
};

/// Whether the body stays where it is. In a block much larger than itself it would keep memory that
/// nobody accounts for.
bool stays(const core::BytesView& body) {
  return body.block() != nullptr && body.size() > Message::kCopiedBodyMax &&
         body.block()->capacity() / 8 <= body.size();
}

}  // namespace

static_assert(std::is_trivially_destructible_v<Message>);  // its block just goes

MessagePtr make_message(const MessageParts& parts) {
  const bool body_stays = stays(parts.body);
  const std::size_t size = sizeof(Message) + parts.exchange.size() + parts.routing_key.size() +
                           parts.properties.size() + (body_stays ? 0 : parts.body.size());
  core::Block& block = *core::Block::allocate(size);
  Packer packer{block.data() + sizeof(Message)};
  const auto exchange = core::text_of(packer.add(core::octets_of(parts.exchange)));
  const auto routing_key = core::text_of(packer.add(core::octets_of(parts.routing_key)));
  const core::BytesView properties{block, packer.add(parts.properties.octets())};
  core::BytesView body = parts.body;
  if (body_stays) {
    body.block()->retain();
    block.keep(*body.block());
  } else {
    body = core::BytesView{block, packer.add(parts.body.octets())};
  }
  return MessagePtr{::new (static_cast<void*>(block.data()))
                        Message{exchange, routing_key, properties, body, parts.traits, parts.mark,
                                parts.expires}};
}

std::size_t Message::footprint() const {
  const core::Block* const own = core::Block::of(this);
  const std::size_t all = sizeof(core::Block) + own->capacity();
  return body.block() == own ? all : all + body.size();
}

}  // namespace amqp::port
