#pragma once

#include <optional>
#include <string_view>

#include "core/base/uuid.h"
#include "http/vcloud/caseless_text.h"
#include "registry/resource/description.h"
#include "registry/resource/value.h"

namespace http::vcloud {

/// What a filter says of a reference: the URN, the bare UUID or an href of a resource, or a pattern
/// of one of them (spec section 2.5). An href may be that of any view of the resource; its scheme
/// and host do not count, since clients reach one server by several names.
class ReferenceName {
 public:
  explicit ReferenceName(std::string_view text);

  /// Whether it names the resource of that kind and id.
  [[nodiscard]] bool names(const registry::resource::Kind& kind, const core::Uuid& id) const;
  /// Whether `text`, with `*` as a wildcard, names it.
  [[nodiscard]] bool is_like_name_of(const registry::resource::Kind& kind,
                                     const core::Uuid& id) const;
  /// The only resource that it can name; nullopt when it is a pattern, or names none.
  [[nodiscard]] std::optional<core::Uuid> id() const { return is_pattern_ ? std::nullopt : id_; }
  /// The same for a reference to something that is none of our resources.
  [[nodiscard]] bool names(std::string_view href) const { return text_.is_same(href); }

 private:
  CaselessText text_;
  CaselessText path_;             // without scheme and host
  std::optional<core::Uuid> id_;  // at its end
  bool is_bare_ = false;          // it is a UUID and nothing else
  bool is_pattern_ = false;
};

}  // namespace http::vcloud
