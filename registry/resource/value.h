#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::resource {

struct Value;

/// What names another object in a document (vcloud:ReferenceType).
struct Reference {
  core::Uuid id;     // of one of our resources; nil: the href is all that is known
  std::string kind;  // its Kind::urn_kind; empty together with a nil id
  std::string href;  // as it was given; of our own resources it is made anew when it is shown
  std::string type;
  std::string name;
  bool operator==(const Reference&) const = default;
};

/// The values of a Shape's fields, one for each, in the order of the description.
struct Object {
  std::vector<Value> fields;
  bool operator==(const Object&) const = default;
};

/// The values of a repeated field.
struct List {
  std::vector<Value> items;
  bool operator==(const List&) const = default;
};

/// The value of one field. Nothing at all (monostate) is a field that was not given, or is not set.
struct Value {
  using Held = std::variant<std::monostate, bool, std::int64_t, std::string, core::WallTime,
                            Reference, Object, List>;
  Held held;

  Value() = default;
  template <typename T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, Value>) Value(T&& value)
      : held(std::forward<T>(value)) {}  // NOLINT: a value is what it holds

  [[nodiscard]] bool is_set() const { return !std::holds_alternative<std::monostate>(held); }
  template <typename T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&held);
  }
  bool operator==(const Value&) const = default;
};

}  // namespace registry::resource
