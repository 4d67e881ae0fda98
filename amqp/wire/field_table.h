#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/octets.h"

namespace amqp::wire {

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
  /// b B s u I i l L: int64; T: uint64; f d: double; S x: string; V: monostate.
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Decimal, std::string,
               FieldArray, FieldTable>
      value;

  static FieldValue boolean(bool value);           ///< t
  static FieldValue int32(std::int32_t value);     ///< I
  static FieldValue int64(std::int64_t value);     ///< l
  static FieldValue long_string(std::string value);  ///< S
  static FieldValue table(FieldTable value);       ///< F
  static FieldValue array(FieldArray value);       ///< A
  static FieldValue timestamp(std::uint64_t seconds);  ///< T

  /// The value when it is any of the integer types; null otherwise.
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value); }
  bool operator==(const FieldValue&) const;
};

struct Field {
  std::string name;
  FieldValue value;
  bool operator==(const Field&) const = default;
};

}  // namespace amqp::wire
