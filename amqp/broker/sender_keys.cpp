#include "amqp/broker/sender_keys.h"

#include "amqp/broker/argument_text.h"

namespace amqp::broker {

bool may_have_sender_keys(core::Octets properties) {
  constexpr std::byte kHeadersFlag{0x20};  // the third of the flags, in the first octet
  if (properties.empty() || (properties[0] & kHeadersFlag) == std::byte{0}) return false;
  return core::text_of(properties).find(kCarbonCopy) != std::string_view::npos;  // BCC has it, too
}

core::Result<std::vector<std::string>, port::Refusal> sender_keys(const wire::FieldTable& headers) {
  std::vector<std::string> keys;
  for (const std::string_view name : {kCarbonCopy, kBlindCopy}) {
    const wire::FieldValue* value = headers.find(name);
    if (value == nullptr) continue;
    if (value->array() == nullptr) {
      return core::Unexpected{port::Refusal{
          406, "invalid message: {unacceptable_type_in_header,\"" + std::string{name} + "\"," +
                   std::string{type_name(value->type)} + "}"}};
    }
    for (const wire::FieldValue& key : *value->array()) {
      if (key.type == 'S') keys.push_back(*key.text());
    }
  }
  return keys;
}

bool drop_header(wire::FieldTable& headers, std::string_view name) {
  return std::erase_if(headers.fields, [&](const wire::Field& one) { return one.name == name; }) >
         0;
}

}  // namespace amqp::broker
