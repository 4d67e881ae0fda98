#pragma once

#include <string_view>

#include "http/document/members.h"
#include "registry/resource/description.h"
#include "registry/resource/value.h"

namespace http::document {

/// The bounds of a reference in a request; those of other texts are in their descriptions.
inline constexpr std::size_t kReferenceHrefMax = 2048;  // octets
inline constexpr std::size_t kReferenceTextMax = 255;   // octets of id, type and name

/// Reads what a shape describes out of a document. What is wrong goes to the faults of the Members;
/// then the values mean nothing.
class ValueReader {
 public:
  /// `base` is {h}, by which our own hrefs are told from those of others with the same paths.
  explicit ValueReader(std::string_view base) : base_(base) {}

  /// The fields of `shape`, unset where they were not given or are not the sender's to write. Does
  /// not call `from.finish()`.
  [[nodiscard]] registry::resource::Object fields(const registry::resource::Shape& shape,
                                                  Members& from) const;

 private:
  using Field = registry::resource::Field;
  using Value = registry::resource::Value;

  [[nodiscard]] Value field(const Field& field, Members& from) const;
  [[nodiscard]] Value list(const Field& field, Members& from) const;
  [[nodiscard]] Value element(const Field& field, const Item& item, Members& from) const;
  [[nodiscard]] Value reference(const Field& field, const Item& item, Members& from) const;
  [[nodiscard]] registry::resource::Reference resolved(std::string_view href, std::string_view id,
                                                       std::string_view target) const;

  std::string_view base_;
};

}  // namespace http::document
