#include "amqp/wire/properties.h"

#include "amqp/wire/octet_reader.h"
#include "amqp/wire/octet_writer.h"

namespace amqp::wire {
namespace {

constexpr unsigned kFirstFlag = 0x8000;     // content-type; the others follow downwards
constexpr unsigned kFlagsNobodyHas = 0b11;  // a fifteenth property, and the continuation

class PropertyReader {
 public:
  PropertyReader(OctetReader& reader, unsigned flags) : reader_(reader), flags_(flags) {}

  template <typename... Fields>
  void operator()(std::optional<Fields>&... fields) {
    static_assert(sizeof...(Fields) == kPropertyCount);
    (read(fields), ...);
  }

 private:
  template <typename T>
  void read(std::optional<T>& field) {
    if ((flags_ & flag_) != 0) read_value(field.emplace());
    flag_ >>= 1U;
  }
  void read_value(std::uint8_t& value) { value = reader_.u8(); }
  void read_value(std::uint64_t& value) { value = reader_.u64(); }
  void read_value(std::string& value) { value = reader_.short_string(); }
  void read_value(std::string_view& value) { value = reader_.short_string(); }
  void read_value(FieldTable& value) { value = read_table(reader_); }
  void read_value(TableOctets& value) {
    const core::Octets from_here = reader_.rest();
    const std::uint32_t size = reader_.u32();
    static_cast<void>(reader_.octets(size));
    if (!reader_.failed()) value.octets = from_here.first(sizeof(size) + size);
  }

  OctetReader& reader_;
  unsigned flags_;
  unsigned flag_ = kFirstFlag;
};

class FlagCollector {
 public:
  template <typename... Fields>
  void operator()(const std::optional<Fields>&... fields) {
    (add(fields.has_value()), ...);
  }
  [[nodiscard]] std::uint16_t flags() const { return static_cast<std::uint16_t>(flags_); }

 private:
  void add(bool there) {
    if (there) flags_ |= flag_;
    flag_ >>= 1U;
  }
  unsigned flags_ = 0;
  unsigned flag_ = kFirstFlag;
};

class PropertyWriter {
 public:
  explicit PropertyWriter(OctetWriter& writer) : writer_(writer) {}

  template <typename... Fields>
  void operator()(const std::optional<Fields>&... fields) {
    ((fields ? write(*fields) : void()), ...);
  }

 private:
  void write(std::uint8_t value) { writer_.u8(value); }
  void write(std::uint64_t value) { writer_.u64(value); }
  void write(const std::string& value) { writer_.short_string(value); }
  void write(const FieldTable& value) { encode_table(value, writer_.buffer()); }

  OctetWriter& writer_;
};

template <typename P>
core::Result<P, ProtocolError> decode_as(core::Octets octets) {
  OctetReader reader{octets};
  const std::uint16_t flags = reader.u16();
  if ((flags & kFlagsNobodyHas) != 0) return syntax_error("property flags that nobody has");
  core::Result<P, ProtocolError> properties{P{}};  // filled in place: it is large
  P::fields(*properties, PropertyReader{reader, flags});
  if (reader.failed()) return syntax_error(reader.failure());
  if (!reader.at_end()) return syntax_error("octets behind the last property");
  return properties;
}

}  // namespace

core::Result<Properties, ProtocolError> decode_properties(core::Octets octets) {
  return decode_as<Properties>(octets);
}
core::Result<PropertiesView, ProtocolError> view_properties(core::Octets octets) {
  return decode_as<PropertiesView>(octets);
}

void encode_properties(const Properties& properties, core::Buffer& out) {
  OctetWriter writer{out};
  FlagCollector collector;
  Properties::fields(properties, collector);
  writer.u16(collector.flags());
  Properties::fields(properties, PropertyWriter{writer});
}

}  // namespace amqp::wire
