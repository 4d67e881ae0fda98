#pragma once

#include <string>
#include <string_view>

namespace http::vcloud {

/// A text with which others are compared without regard to case: that of Unicode's simple mappings,
/// as Java's equalsIgnoreCase has it. It is folded once, when it is made; a text of ASCII that is
/// compared with it is not even copied, unless there is a wildcard.
class CaselessText {
 public:
  explicit CaselessText(std::string_view text);

  [[nodiscard]] bool is_same(std::string_view other) const;
  /// The same when `*` in this text is any text. Takes a time that grows with the sum of the two
  /// lengths, not with their product.
  [[nodiscard]] bool is_like(std::string_view other) const;
  /// Whether `other` comes before this text (below 0), is the same (0) or comes behind it.
  [[nodiscard]] int order_of(std::string_view other) const;

 private:
  std::string folded_;
};

}  // namespace http::vcloud
