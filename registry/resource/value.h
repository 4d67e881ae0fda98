#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::resource {

struct Value;

/// What names another object in a document (vcloud:ReferenceType).
struct Reference {
  core::Uuid id = {};     // of one of our resources; nil: the href is all that is known
  std::string kind = {};  // its Kind::urn_kind; empty together with a nil id
  std::string href = {};  // as it was given; of our own resources it is made anew when it is shown
  std::string type = {};
  std::string name = {};
  bool operator==(const Reference&) const = default;
};

/// A Reference as a Value holds it: behind a pointer that copies share, because one inline would
/// make every value four times as large, and a registry holds half a million of them.
class SharedReference {
 public:
  SharedReference(Reference reference)  // NOLINT: implicit
      : held_(std::make_shared<const Reference>(std::move(reference))) {}
  [[nodiscard]] const Reference& operator*() const { return *held_; }
  [[nodiscard]] const Reference* operator->() const { return held_.get(); }
  bool operator==(const SharedReference& other) const {
    return held_ == other.held_ || *held_ == *other.held_;
  }

 private:
  std::shared_ptr<const Reference> held_;
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
                            SharedReference, Object, List>;
  Held held;

  Value() = default;
  template <typename T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, Value>) Value(T&& value)
      : held(std::forward<T>(value)) {}  // NOLINT: a value is what it holds

  [[nodiscard]] bool is_set() const { return !std::holds_alternative<std::monostate>(held); }
  /// The value when it is a T (a Reference too); null when it is something else.
  template <typename T>
  [[nodiscard]] const T* get_if() const {
    if constexpr (std::is_same_v<T, Reference>) {
      const auto* shared = std::get_if<SharedReference>(&held);
      return shared == nullptr ? nullptr : &**shared;
    } else {
      return std::get_if<T>(&held);
    }
  }
  bool operator==(const Value&) const = default;
};

}  // namespace registry::resource
