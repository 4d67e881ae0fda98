#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/time/instant.h"
#include "http/vcloud/caseless_text.h"
#include "http/vcloud/query_type.h"
#include "http/vcloud/reference_name.h"

namespace http::vcloud {

/// The `filter` of a query (spec section 2.5), such as `name==my*;(enabled==true,priority=gt=50)`:
///
///   expression := all *( "," all )          one of them holds
///   all        := term *( ";" term )        each of them holds
///   term       := "(" expression ")" | attribute operator value
///   operator   := == != =gt= =ge= =lt= =le=
///
/// `==` takes no notice of case and knows `*` for any text; `!=` is its opposite without the
/// wildcard. Numbers are compared as numbers, truths as truths, times as times (a date alone is its
/// midnight, UTC) and texts without regard to case; a value that cannot be read as what its
/// attribute holds is refused, but for one with a wildcard, which is compared with the text that
/// records show, and for nothing at all behind `==` and `!=`: a value that is not there is the
/// empty text. A reference is named by its URN, its href or the bare UUID (reference_name.h).
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
  /// `type` outlives the filter.
  [[nodiscard]] static core::Result<RecordFilter, std::string> parse(std::string_view text,
                                                                     Spelling spelling,
                                                                     const QueryType& type);

  /// `resource` is of the kind that the filter was read for.
  [[nodiscard]] bool admits(const registry::resource::Resource& resource,
                            const registry::resource::Resources& there) const;

  /// The parent that every resource which it admits has, when the filter says one; so that nobody
  /// need look at the others.
  [[nodiscard]] std::optional<core::Uuid> parent() const;

 private:
  class Parser;
  enum class Operator : std::uint8_t { equal, unequal, greater, not_less, less, not_greater };
  struct Test {
    Test() : Test(std::string_view{}) {}
    explicit Test(std::string_view text);
    std::size_t attribute = 0;  // of the type; behind them its own id and href
    Operator op = Operator::equal;
    CaselessText value;
    ReferenceName name;  // the value as each other thing that it may be
    std::optional<std::int64_t> number;
    std::optional<bool> truth;
    std::optional<core::WallTime> time;
  };
  struct Node {
    enum class Kind : std::uint8_t { test, all, any } kind = Kind::test;
    Test test;
    std::vector<Node> parts;
  };
  struct Asked;  // a resource among those that are there

  RecordFilter(const QueryType& type, Node root) : type_(&type), root_(std::move(root)) {}

  [[nodiscard]] std::optional<core::Uuid> parent(const Test& test) const;
  [[nodiscard]] bool holds(const Node& node, const Asked& asked) const;
  [[nodiscard]] bool holds(const Test& test, const Asked& asked) const;
  /// Whether an operator is content with how a value stands to that of the test.
  [[nodiscard]] static bool holds(Operator op, int order);
  [[nodiscard]] static bool holds(const Test& test, const registry::resource::Kind* kind,
                                  const registry::resource::Reference& reference);

  const QueryType* type_;
  Node root_;
};

}  // namespace http::vcloud
