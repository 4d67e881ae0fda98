#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "amqp/wire/error.h"
#include "amqp/wire/octet_reader.h"
#include "amqp/wire/octet_writer.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"

namespace amqp::wire {

/// Tables and arrays within each other, the outermost counted: more is a syntax error.
inline constexpr int kTableDepthMax = 16;
/// Values in one table with everything nested in it. A value takes one octet or more on the wire
/// and about 80 bytes here, so a frame of 128 KiB cannot make us hold more than 1.3 MB.
inline constexpr std::size_t kTableValuesMax = 16384;

struct FieldValue;
struct Field;

/// A field table (AMQP 0-9-1 §4.2.5.5): names and values in the order they came, duplicates kept.
struct FieldTable {
  std::vector<Field> fields;

  /// The first value called `name`; null when there is none.
  [[nodiscard]] const FieldValue* find(std::string_view name) const;
  void set(std::string_view name, FieldValue value);  ///< Replaces the first of that name or adds.
  [[nodiscard]] bool empty() const;
  bool operator==(const FieldTable&) const;
};
using FieldArray = std::vector<FieldValue>;

/// A decimal value: `unscaled` times ten to the power of minus `scale`.
struct Decimal {
  std::uint8_t scale = 0;
  std::int32_t unscaled = 0;
  bool operator==(const Decimal&) const = default;
};

/// A value with the type octet it has on the wire. The types are RabbitMQ's, not the
/// specification's: t b B s(int16) u I i l L(int64 too) f d D S A T F V x.
struct FieldValue {
  char type = 'V';
  /// b B s u I i l L: int64; T: uint64; f d: double; S x: string; V: monostate. `b` and `s` are
  /// signed, `B` and `u` are not; `I` is signed, `i` is not; `l` and `L` are both signed.
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Decimal, std::string,
               FieldArray, FieldTable>
      value;

  static FieldValue boolean(bool value);               ///< t
  static FieldValue int32(std::int32_t value);         ///< I
  static FieldValue int64(std::int64_t value);         ///< l
  static FieldValue long_string(std::string value);    ///< S
  static FieldValue table(FieldTable value);           ///< F
  static FieldValue array(FieldArray value);           ///< A
  static FieldValue timestamp(std::uint64_t seconds);  ///< T

  /// The value when it is any of the integer types; null otherwise.
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value); }
  [[nodiscard]] const FieldTable* table() const { return std::get_if<FieldTable>(&value); }
  [[nodiscard]] const FieldArray* array() const { return std::get_if<FieldArray>(&value); }
  bool operator==(const FieldValue&) const;  ///< A NaN equals one of the same bits.
};

struct Field {
  std::string name;
  FieldValue value;
  bool operator==(const Field&) const = default;
};

/// Reads a table with its length; `octets` hold nothing else. An unknown type octet, a value that
/// goes beyond its table, a table too deep or too rich is syntax_error (502). Any `t` octet but 0
/// is true.
[[nodiscard]] core::Result<FieldTable, ProtocolError> decode_table(core::Octets octets);
/// Whether decode_table would take the octets, and if not why; allocates nothing but for the error.
[[nodiscard]] core::Result<void, ProtocolError> validate_table(core::Octets octets);
/// As decode_table in the middle of other values; the reader keeps the failure.
[[nodiscard]] FieldTable read_table(OctetReader& reader);

/// Appends the table with its length: for one that was decoded, the octets it came from, booleans
/// as 0 or 1. Names are short strings and values fit their type (checked).
void encode_table(const FieldTable& table, core::Buffer& out);

}  // namespace amqp::wire
