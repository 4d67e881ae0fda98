#include "amqp/wire/method_codec.h"

namespace amqp::wire {

core::Result<MethodId, ProtocolError> method_id_of(core::Octets payload) {
  OctetReader reader{payload};
  const std::uint16_t class_id = reader.u16();
  const std::uint16_t method_id = reader.u16();
  if (reader.failed()) return syntax_error("a method without an id");
  return MethodId{class_id, method_id};
}

}  // namespace amqp::wire
