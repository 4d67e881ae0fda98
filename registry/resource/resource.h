#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "registry/resource/description.h"
#include "registry/resource/value.h"

namespace registry::resource {

/// A resource as it is kept: immutable once it is shared.
struct Resource {
  const Kind* kind = nullptr;
  core::Uuid id;
  core::Uuid parent;          // nil: none
  std::uint64_t created = 0;  // grows with each creation of any kind: the order of lists
  std::string operation_key;  // empty: none was given (spec section 3.10)
  Object values;              // of kind->shape

  /// The value of the field of that name, which the shape has.
  [[nodiscard]] const Value& value(std::string_view field) const;
  /// The same when it is a text; empty when it is not set.
  [[nodiscard]] const std::string& text(std::string_view field) const;
  [[nodiscard]] bool flag(std::string_view field) const;            ///< False when it is not set.
  [[nodiscard]] std::int64_t number(std::string_view field) const;  ///< 0 when it is not set.
  [[nodiscard]] const Reference* reference(std::string_view field) const;  ///< Null: not set.
  void set(std::string_view field, Value value);
};
using ResourcePtr = std::shared_ptr<const Resource>;

/// What a document asks to be made: a resource that has no id yet, with those nested in it.
struct Draft {
  const Kind* kind = nullptr;
  Object values;  // of kind->shape; unset: was not given
  std::string operation_key;
  std::vector<Draft> nested;  // of kinds whose parent is `kind`
};

/// What a document asks of a resource that is there. Fields that are unset keep their value.
struct Amendment {
  Object values;
  /// Containers that the document held: what is in them replaces all of that kind under the
  /// resource. One that is the same as before keeps its id.
  struct Replacement {
    const Kind* kind = nullptr;
    std::vector<Draft> drafts;
  };
  std::vector<Replacement> replaced;
};

/// `urn:vcloud:<kind>:<id>` (spec section 2.2).
[[nodiscard]] std::string urn_of(const Kind& kind, const core::Uuid& id);

}  // namespace registry::resource
