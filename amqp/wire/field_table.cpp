#include "amqp/wire/field_table.h"

#include <bit>
#include <limits>

#include "core/base/check.h"

namespace amqp::wire {
namespace {

// ---- A float as a double, and back, without a change to the bits of a NaN ----------------------

constexpr unsigned kMantissaShift = 52 - 23;
constexpr std::uint64_t kDoubleExponent = 0x7FF0'0000'0000'0000U;

double widen(std::uint32_t bits) {
  const auto narrow = std::bit_cast<float>(bits);
  if (narrow == narrow) return narrow;
  const std::uint64_t sign = std::uint64_t{bits >> 31U} << 63U;
  const std::uint64_t mantissa = std::uint64_t{bits & 0x7F'FFFFU} << kMantissaShift;
  return std::bit_cast<double>(sign | kDoubleExponent | mantissa);
}

std::uint32_t narrow(double value) {
  if (value == value) return std::bit_cast<std::uint32_t>(static_cast<float>(value));
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto sign = static_cast<std::uint32_t>(bits >> 63U) << 31U;
  auto mantissa = static_cast<std::uint32_t>(bits >> kMantissaShift) & 0x7F'FFFFU;
  if (mantissa == 0) mantissa = 0x40'0000U;  // it must not become an infinity
  return sign | 0x7F80'0000U | mantissa;
}

// ---- Octets to values --------------------------------------------------------------------------

/// The content of a table or an array.
OctetReader nested(OctetReader& from, int depth) {
  if (depth > kTableDepthMax) from.fail("tables nested too deep");
  const std::uint32_t size = from.u32();
  return OctetReader{from.octets(size)};
}

/// Reads one table with everything nested in it; counts values and watches the depth.
class TableReader {
 public:
  FieldTable table(OctetReader& from, int depth) {
    FieldTable table;
    OctetReader content = nested(from, depth);
    while (!content.at_end()) {
      Field field;
      field.name = content.short_string();
      field.value = value(content, depth);
      if (content.failed()) break;
      table.fields.push_back(std::move(field));
    }
    if (content.failed()) from.fail(content.failure());
    return table;
  }

 private:
  FieldArray array(OctetReader& from, int depth) {
    FieldArray array;
    OctetReader content = nested(from, depth);
    while (!content.at_end()) {
      FieldValue element = value(content, depth);
      if (content.failed()) break;
      array.push_back(std::move(element));
    }
    if (content.failed()) from.fail(content.failure());
    return array;
  }

  FieldValue value(OctetReader& from, int depth) {
    if (++values_ > kTableValuesMax) from.fail("too many values in a table");
    const char type = static_cast<char>(from.u8());
    if (from.failed()) return {};
    switch (type) {
      case 't':
        return {type, from.u8() != 0};
      case 'b':
        return signed_value<std::int8_t>(type, from.u8());
      case 'B':
        return {type, std::int64_t{from.u8()}};
      case 's':
        return signed_value<std::int16_t>(type, from.u16());
      case 'u':
        return {type, std::int64_t{from.u16()}};
      case 'I':
        return signed_value<std::int32_t>(type, from.u32());
      case 'i':
        return {type, std::int64_t{from.u32()}};
      case 'l':
      case 'L':
        return signed_value<std::int64_t>(type, from.u64());
      case 'f':
        return {type, widen(from.u32())};
      case 'd':
        return {type, std::bit_cast<double>(from.u64())};
      case 'D':
        return {type, decimal(from)};
      case 'S':
      case 'x':
        return {type, std::string{from.long_string()}};
      case 'A':
        return {type, array(from, depth + 1)};
      case 'T':
        return {type, from.u64()};
      case 'F':
        return {type, table(from, depth + 1)};
      case 'V':
        return {type, std::monostate{}};
      default:
        from.fail("unknown field type");
        return {};
    }
  }

  template <typename Signed, typename Unsigned>
  static FieldValue signed_value(char type, Unsigned octets) {
    return {type, std::int64_t{static_cast<Signed>(octets)}};
  }
  static Decimal decimal(OctetReader& from) {
    const std::uint8_t scale = from.u8();
    return {scale, static_cast<std::int32_t>(from.u32())};
  }

  std::size_t values_ = 0;
};

// ---- Octets that would be values --------------------------------------------------------------

/// Goes over what TableReader would read, and keeps none of it.
class TableChecker {
 public:
  void table(OctetReader& from, int depth) {
    OctetReader content = nested(from, depth);
    while (!content.at_end()) {
      static_cast<void>(content.short_string());
      value(content, depth);
    }
    if (content.failed()) from.fail(content.failure());
  }

 private:
  void array(OctetReader& from, int depth) {
    OctetReader content = nested(from, depth);
    while (!content.at_end()) value(content, depth);
    if (content.failed()) from.fail(content.failure());
  }

  void value(OctetReader& from, int depth) {
    if (++values_ > kTableValuesMax) from.fail("too many values in a table");
    const char type = static_cast<char>(from.u8());
    if (from.failed()) return;
    switch (type) {
      case 't':
      case 'b':
      case 'B':
        return skip(from, 1);
      case 's':
      case 'u':
        return skip(from, 2);
      case 'I':
      case 'i':
      case 'f':
        return skip(from, 4);
      case 'D':
        return skip(from, 5);
      case 'l':
      case 'L':
      case 'd':
      case 'T':
        return skip(from, 8);
      case 'S':
      case 'x':
        return skip(from, from.u32());
      case 'A':
        return array(from, depth + 1);
      case 'F':
        return table(from, depth + 1);
      case 'V':
        return;
      default:
        return from.fail("unknown field type");
    }
  }

  static void skip(OctetReader& from, std::size_t size) { static_cast<void>(from.octets(size)); }

  std::size_t values_ = 0;
};

// ---- Values to octets --------------------------------------------------------------------------

class TableWriter {
 public:
  explicit TableWriter(core::Buffer& out) : out_(out) {}

  void table(const FieldTable& table) {
    const std::size_t length = out_.open_length();
    for (const Field& field : table.fields) {
      out_.short_string(field.name);
      value(field.value);
    }
    out_.close_length(length);
  }

 private:
  void value(const FieldValue& value) {
    out_.u8(static_cast<std::uint8_t>(value.type));
    switch (value.type) {
      case 't':
        return out_.u8(held<bool>(value) ? 1 : 0);
      case 'b':
        return out_.u8(static_cast<std::uint8_t>(integer<std::int8_t>(value)));
      case 'B':
        return out_.u8(integer<std::uint8_t>(value));
      case 's':
        return out_.u16(static_cast<std::uint16_t>(integer<std::int16_t>(value)));
      case 'u':
        return out_.u16(integer<std::uint16_t>(value));
      case 'I':
        return out_.u32(static_cast<std::uint32_t>(integer<std::int32_t>(value)));
      case 'i':
        return out_.u32(integer<std::uint32_t>(value));
      case 'l':
      case 'L':
        return out_.u64(static_cast<std::uint64_t>(held<std::int64_t>(value)));
      case 'f':
        return out_.u32(narrow(held<double>(value)));
      case 'd':
        return out_.u64(std::bit_cast<std::uint64_t>(held<double>(value)));
      case 'D':
        return decimal(held<Decimal>(value));
      case 'S':
      case 'x':
        return out_.long_string(held<std::string>(value));
      case 'A':
        return array(held<FieldArray>(value));
      case 'T':
        return out_.u64(held<std::uint64_t>(value));
      case 'F':
        return table(held<FieldTable>(value));
      case 'V':
        return;
      default:
        CORE_CHECK(false && "a field value of no type");
    }
  }

  void array(const FieldArray& array) {
    const std::size_t length = out_.open_length();
    for (const FieldValue& element : array) value(element);
    out_.close_length(length);
  }
  void decimal(const Decimal& decimal) {
    out_.u8(decimal.scale);
    out_.u32(static_cast<std::uint32_t>(decimal.unscaled));
  }

  template <typename T>
  static const T& held(const FieldValue& value) {
    const T* held = std::get_if<T>(&value.value);
    CORE_CHECK(held != nullptr);
    return *held;
  }
  template <typename T>
  static T integer(const FieldValue& value) {
    const std::int64_t wide = held<std::int64_t>(value);
    CORE_CHECK(wide >= std::numeric_limits<T>::min() && wide <= std::numeric_limits<T>::max());
    return static_cast<T>(wide);
  }

  OctetWriter out_;
};

}  // namespace

const FieldValue* FieldTable::find(std::string_view name) const {
  for (const Field& field : fields) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

void FieldTable::set(std::string_view name, FieldValue value) {
  for (Field& field : fields) {
    if (field.name != name) continue;
    field.value = std::move(value);
    return;
  }
  fields.push_back({std::string{name}, std::move(value)});
}

bool FieldTable::empty() const { return fields.empty(); }
bool FieldTable::operator==(const FieldTable& other) const { return fields == other.fields; }

FieldValue FieldValue::boolean(bool value) { return {'t', value}; }
FieldValue FieldValue::int32(std::int32_t value) { return {'I', std::int64_t{value}}; }
FieldValue FieldValue::int64(std::int64_t value) { return {'l', value}; }
FieldValue FieldValue::long_string(std::string value) { return {'S', std::move(value)}; }
FieldValue FieldValue::table(FieldTable value) { return {'F', std::move(value)}; }
FieldValue FieldValue::array(FieldArray value) { return {'A', std::move(value)}; }
FieldValue FieldValue::timestamp(std::uint64_t seconds) { return {'T', seconds}; }

bool FieldValue::operator==(const FieldValue& other) const {
  if (type != other.type) return false;
  const double* here = std::get_if<double>(&value);
  const double* there = std::get_if<double>(&other.value);
  if (here != nullptr && there != nullptr) {
    return std::bit_cast<std::uint64_t>(*here) == std::bit_cast<std::uint64_t>(*there);
  }
  return value == other.value;
}

FieldTable read_table(OctetReader& reader) { return TableReader{}.table(reader, 1); }

core::Result<FieldTable, ProtocolError> decode_table(core::Octets octets) {
  OctetReader reader{octets};
  FieldTable table = read_table(reader);
  if (reader.failed()) return syntax_error(reader.failure());
  if (!reader.at_end()) return syntax_error("octets behind the table");
  return table;
}

core::Result<void, ProtocolError> validate_table(core::Octets octets) {
  OctetReader reader{octets};
  TableChecker{}.table(reader, 1);
  if (reader.failed()) return syntax_error(reader.failure());
  if (!reader.at_end()) return syntax_error("octets behind the table");
  return {};
}

void encode_table(const FieldTable& table, core::Buffer& out) { TableWriter{out}.table(table); }

}  // namespace amqp::wire
