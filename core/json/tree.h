#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/value.h"

namespace core::json {

/// One value, or the name of a member, in eight octets: a document of n octets has at most about
/// n/2 of them.
class Node {
 public:
  static constexpr std::uint32_t kLengthMax = (std::uint32_t{1} << 29U) - 1;

  Node(Kind kind, std::uint32_t length, std::uint32_t place)
      : kind_and_length_((static_cast<std::uint32_t>(kind) << 29U) | length), place_(place) {}

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(kind_and_length_ >> 29U); }
  /// Of a string or number: octets; of an array or object: elements or members; of a boolean: 0, 1.
  [[nodiscard]] std::uint32_t length() const { return kind_and_length_ & kLengthMax; }
  [[nodiscard]] std::uint32_t offset() const {
    return place_;
  }                                                           ///< Of a string's or number's text.
  [[nodiscard]] std::uint32_t end() const { return place_; }  ///< The node behind the last child.

 private:
  std::uint32_t kind_and_length_;
  std::uint32_t place_;
};

/// The nodes in the order they were read: children follow their array or object, a member's value
/// follows its name. Strings were decoded in place, in `text`.
struct Tree {
  std::string text;
  std::vector<Node> nodes;

  [[nodiscard]] std::string_view text_of(std::uint32_t node) const {
    return std::string_view{text}.substr(nodes[node].offset(), nodes[node].length());
  }
  /// The node behind `node` and all that is in it.
  [[nodiscard]] std::uint32_t behind(std::uint32_t node) const {
    const Kind kind = nodes[node].kind();
    return kind == Kind::array || kind == Kind::object ? nodes[node].end() : node + 1;
  }
};

}  // namespace core::json
