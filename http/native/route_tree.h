#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http::native {

/// Patterns of paths as a tree of their segments, so that finding the one for a path costs what the
/// path is long, however many there are. A segment of a pattern is a literal, or `{}` for any text,
/// or `{}` behind a literal beginning, as in /api/vApp/vm-{}. For one segment a literal goes before
/// a place, and the longer beginning before the shorter.
class RouteTree {
 public:
  /// Of two equal patterns the first is found.
  explicit RouteTree(const std::vector<std::string_view>& patterns);

  /// The number of the pattern that `path`, raw, matches; nullopt when none does. One slash at the
  /// end of a path makes no difference. `segments`, unless it is null, gets what stood in the
  /// places, percent-decoded; what cannot be decoded, and nothing at all, matches no place.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view path,
                                                std::vector<std::string>* segments) const;

 private:
  struct Node;
  struct Branch {
    std::string_view text;  // the literal, or the beginning before the place
    std::unique_ptr<Node> node;
  };
  struct Node {
    std::optional<std::size_t> pattern;  // that ends here
    std::vector<Branch> literals;        // by their text
    std::vector<Branch> places;          // the longest beginning first
  };

  static Node& branch(Node& node, std::string_view segment);
  static std::optional<std::size_t> find(const Node& node, std::string_view rest,
                                         std::vector<std::string>* segments);

  Node root_;
};

}  // namespace http::native
