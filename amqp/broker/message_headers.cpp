#include "amqp/broker/message_headers.h"

#include "core/memory/buffer.h"

namespace amqp::broker {

port::MessagePtr with_properties(const port::Message& message, const wire::Properties& properties) {
  core::Buffer octets;
  wire::encode_properties(properties, octets);
  port::MessageParts parts = message.parts();
  parts.properties = octets.octets();
  return port::make_message(parts);
}

port::MessagePtr with_delivery_count(const port::Message& message, std::uint32_t count) {
  auto properties = wire::decode_properties(message.properties.octets());
  if (!properties) return port::make_message(message.parts());
  if (!properties->headers) properties->headers.emplace();
  properties->headers->set("x-delivery-count", wire::FieldValue::int64(count));
  return with_properties(message, *properties);
}

}  // namespace amqp::broker
