#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace core::xml {

inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";

/// A name split at its colon (Namespaces in XML 1.0 [7]).
struct QualifiedName {
  std::string_view prefix;  // empty: there was none
  std::string_view local;
};
/// nullopt when there are two colons or nothing on one side of it.
[[nodiscard]] std::optional<QualifiedName> split_name(std::string_view name);

/// The prefixes in scope while a tree is walked from the root (Namespaces in XML 1.0 §6).
class Scope {
 public:
  /// The names declared from here on end with the matching `leave`.
  void enter() { marks_.push_back(bindings_.size()); }
  void leave() {
    bindings_.resize(marks_.back());
    marks_.pop_back();
  }
  /// Binds `prefix` (empty: the default namespace); false when that is not allowed (§3).
  [[nodiscard]] bool declare(std::string_view prefix, std::string_view uri);
  /// The namespace of a prefix; nullopt when it is not declared. Without a prefix: the default.
  [[nodiscard]] std::optional<std::string_view> resolve(std::string_view prefix) const;

 private:
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
  };
  std::vector<Binding> bindings_;
  std::vector<std::size_t> marks_;
};

}  // namespace core::xml
