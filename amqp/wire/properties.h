#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "amqp/wire/error.h"
#include "amqp/wire/field_table.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"

namespace amqp::wire {

/// The properties of a message (AMQP 0-9-1 §1.8, class basic), each there or not, in the order they
/// have on the wire.
template <typename Text, typename Table>
struct PropertiesOf {
  std::optional<Text> content_type;
  std::optional<Text> content_encoding;
  std::optional<Table> headers;
  std::optional<std::uint8_t> delivery_mode;  // 2 is persistent
  std::optional<std::uint8_t> priority;
  std::optional<Text> correlation_id;
  std::optional<Text> reply_to;
  std::optional<Text> expiration;  // milliseconds as text
  std::optional<Text> message_id;
  std::optional<std::uint64_t> timestamp;  // seconds since 1970
  std::optional<Text> type;
  std::optional<Text> user_id;
  std::optional<Text> app_id;
  std::optional<Text> cluster_id;  // "reserved" in 0-9-1; clients still send it
  bool operator==(const PropertiesOf&) const = default;

  /// Shows all of them to `visit`, in the order of the wire.
  static void fields(auto& self, auto&& visit) {
    visit(self.content_type, self.content_encoding, self.headers, self.delivery_mode, self.priority,
          self.correlation_id, self.reply_to, self.expiration, self.message_id, self.timestamp,
          self.type, self.user_id, self.app_id, self.cluster_id);
  }
};

/// Properties that own what they hold.
using Properties = PropertiesOf<std::string, FieldTable>;

/// A field table with its length, not looked into; decode_table reads it.
struct TableOctets {
  core::Octets octets;
};
inline bool operator==(const TableOctets& a, const TableOctets& b) {
  return core::text_of(a.octets) == core::text_of(b.octets);
}
/// Properties seen in place: reading them allocates nothing.
using PropertiesView = PropertiesOf<std::string_view, TableOctets>;

inline constexpr int kPropertyCount = 14;

/// Reads the flags and list of a content header (§4.2.6.1); `octets` hold nothing else. The flag
/// for a second word of flags, or for a fifteenth property, is syntax_error (502), as is a list
/// shorter or longer than its flags say.
[[nodiscard]] core::Result<Properties, ProtocolError> decode_properties(core::Octets octets);
/// The same without a copy; the headers are not looked into.
[[nodiscard]] core::Result<PropertiesView, ProtocolError> view_properties(core::Octets octets);

/// Appends flags and list. Texts are short strings (checked).
void encode_properties(const Properties& properties, core::Buffer& out);

}  // namespace amqp::wire
