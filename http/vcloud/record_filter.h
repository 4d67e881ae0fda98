#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "http/vcloud/record.h"

namespace http::vcloud {

/// The `filter` of a query (spec section 2.5), such as `name==my*;(enabled==true,priority=gt=50)`:
///
///   expression := all *( "," all )          one of them holds
///   all        := term *( ";" term )        each of them holds
///   term       := "(" expression ")" | attribute operator value
///   operator   := == != =gt= =ge= =lt= =le=
///
/// `==` takes no notice of the case of ASCII letters and knows `*` for any text; `!=` is its
/// opposite without the wildcard; the others compare numbers as numbers and texts without regard to
/// case. A reference is named by its URN, its href or the bare UUID. A value that is not there is
/// the empty text.
class RecordFilter {
 public:
  static constexpr std::size_t kSizeMax = 4096;  // octets, decoded once
  static constexpr std::size_t kTestsMax = 64;
  static constexpr std::size_t kDepthMax = 16;  // parentheses

  /// How values say the characters that have a meaning in the expression.
  enum class Spelling : std::uint8_t {
    plain,    // not at all: below 35.0
    encoded,  // percent-encoded once more: below 35.0 with filterEncoded=true
    escaped,  // after a backslash: from 35.0 on
  };

  /// Reads `text`, which has been decoded as any query parameter; or says what is wrong with it.
  /// `kind` outlives the filter.
  [[nodiscard]] static core::Result<RecordFilter, std::string> parse(std::string_view text,
                                                                     Spelling spelling,
                                                                     const RecordKind& kind);

  /// `record` is of the kind that the filter was read for.
  [[nodiscard]] bool admits(const Record& record) const;

 private:
  class Parser;
  enum class Operator : std::uint8_t { equal, unequal, greater, not_less, less, not_greater };
  struct Test {
    std::size_t attribute = 0;  // of the kind; behind them kId, then kHref
    Operator op = Operator::equal;
    std::string value;
  };
  struct Node {
    enum class Kind : std::uint8_t { test, all, any } kind = Kind::test;
    Test test;
    std::vector<Node> parts;
  };

  RecordFilter(const RecordKind& kind, Node root) : kind_(&kind), root_(std::move(root)) {}

  [[nodiscard]] bool holds(const Node& node, const Record& record) const;
  [[nodiscard]] bool holds(const Test& test, const Record& record) const;

  const RecordKind* kind_;
  Node root_;
};

}  // namespace http::vcloud
