#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/error.h"
#include "amqp/wire/field_table.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/ids.h"
#include "amqp/wire/octet_reader.h"
#include "amqp/wire/octet_writer.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"

namespace amqp::wire {

/// A long string (AMQP 0-9-1 §4.2.5.3): octets, not only text. std::string is the short one.
struct LongString {
  std::string octets;
  bool operator==(const LongString&) const = default;
};

/// Closes a method's struct: its fields in the order of the wire, for reader, writer and tests.
/// `kFieldNames` is the same list as text, separated by ", ".
#define AMQP_WIRE_FIELDS(...)                             \
  void fields(auto&& visit) { visit(__VA_ARGS__); }       \
  void fields(auto&& visit) const { visit(__VA_ARGS__); } \
  static constexpr std::string_view kFieldNames = #__VA_ARGS__

/// A method's struct: what it is called on the wire, and its fields.
template <typename M>
concept Method = requires(const M& method) {
  { M::id } -> std::convertible_to<MethodId>;
  { M::name } -> std::convertible_to<std::string_view>;
  { M::kFieldNames } -> std::convertible_to<std::string_view>;
};

/// Fills a method's fields in turn (§4.2.5). Bits that follow each other share octets, lowest bit
/// first (§4.2.5.2); bits that stand for no field are not looked at.
class MethodReader {
 public:
  explicit MethodReader(core::Octets octets) : reader_(octets) {}

  template <typename... Fields>
  void operator()(Fields&... fields) {
    (read(fields), ...);
  }
  [[nodiscard]] const OctetReader& reader() const { return reader_; }

 private:
  void read(bool& field) {
    if (bit_ == 0) bits_ = reader_.u8();
    field = (bits_ >> bit_ & 1U) != 0;
    bit_ = (bit_ + 1) % 8;
  }
  void read(std::uint8_t& field) { field = aligned().u8(); }
  void read(std::uint16_t& field) { field = aligned().u16(); }
  void read(std::uint32_t& field) { field = aligned().u32(); }
  void read(std::uint64_t& field) { field = aligned().u64(); }
  void read(std::string& field) { field = aligned().short_string(); }
  void read(std::string_view& field) { field = aligned().short_string(); }
  void read(LongString& field) { field.octets = aligned().long_string(); }
  void read(FieldTable& field) { field = read_table(aligned()); }

  OctetReader& aligned() {
    bit_ = 0;
    return reader_;
  }

  OctetReader reader_;
  unsigned bit_ = 0;  // the place of the next bit; 0 begins an octet
  unsigned bits_ = 0;
};

/// Writes what MethodReader reads.
class MethodWriter {
 public:
  explicit MethodWriter(core::Buffer& out) : writer_(out) {}

  template <typename... Fields>
  void operator()(const Fields&... fields) {
    (write(fields), ...);
  }

 private:
  void write(bool field) {
    if (bit_ == 0) writer_.u8(0);
    std::byte& bits = *writer_.buffer().at(writer_.buffer().size() - 1);
    if (field) bits |= std::byte{1} << bit_;
    bit_ = (bit_ + 1) % 8;
  }
  void write(std::uint8_t field) { aligned().u8(field); }
  void write(std::uint16_t field) { aligned().u16(field); }
  void write(std::uint32_t field) { aligned().u32(field); }
  void write(std::uint64_t field) { aligned().u64(field); }
  void write(const std::string& field) { aligned().short_string(field); }
  void write(std::string_view field) { aligned().short_string(field); }
  void write(const LongString& field) { aligned().long_string(field.octets); }
  void write(const FieldTable& field) { encode_table(field, aligned().buffer()); }

  OctetWriter& aligned() {
    bit_ = 0;
    return writer_;
  }

  OctetWriter writer_;
  unsigned bit_ = 0;
};

/// The id at the front of a method frame's payload (§4.2.4), before anything else is looked at.
[[nodiscard]] inline core::Result<MethodId, ProtocolError> method_id_of(core::Octets payload) {
  OctetReader reader{payload};
  const std::uint16_t class_id = reader.u16();
  const std::uint16_t method_id = reader.u16();
  if (reader.failed()) return syntax_error("a method without an id");
  return MethodId{class_id, method_id};
}

/// Reads a method frame's payload as the method `M`, which it is (see method_id_of). Fields beyond
/// the end and octets behind the last field are syntax_error (502). With a view form, such as
/// BasicPublishView, nothing is allocated and its texts point into `payload`.
template <Method M>
[[nodiscard]] core::Result<M, ProtocolError> decode_method_as(core::Octets payload) {
  if (payload.size() < sizeof(std::uint32_t)) return syntax_error("a method without an id");
  MethodReader read{payload.subspan(sizeof(std::uint32_t))};
  M method;
  method.fields(read);
  if (read.reader().failed()) return syntax_error(read.reader().failure(), M::id);
  if (!read.reader().at_end()) return syntax_error("octets behind the last field", M::id);
  return method;
}

/// Appends a method frame's payload: id and fields.
template <Method M>
void encode_method(const M& method, core::Buffer& out) {
  OctetWriter writer{out};
  writer.u16(M::id.class_id);
  writer.u16(M::id.method_id);
  MethodWriter write{out};
  method.fields(write);
}

/// Appends a whole method frame.
template <Method M>
void encode_method_frame(ChannelId channel, const M& method, core::Buffer& out) {
  const std::size_t position = begin_frame(FrameType::method, channel, out);
  encode_method(method, out);
  end_frame(position, out);
}

/// Field by field.
template <Method M>
[[nodiscard]] bool operator==(const M& a, const M& b) {
  bool equal = true;
  a.fields([&](const auto&... of_a) {
    b.fields([&](const auto&... of_b) {
      if constexpr (sizeof...(of_a) == sizeof...(of_b)) equal = (... && (of_a == of_b));
    });
  });
  return equal;
}

}  // namespace amqp::wire
