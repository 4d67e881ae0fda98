#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace http::native {

/// `%xy` as octets; nullopt for an escape that is none. `+` stays: only forms write a blank so, and
/// clients of the vCloud API percent-encode.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

/// `text` with every octet escaped but letters, digits and `-._~` (RFC 3986 §2.3).
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// The parameters of a request target's query, decoded once.
class Query {
 public:
  static constexpr std::size_t kParametersMax = 64;  // the rest is left out

  explicit Query(const std::optional<std::string>& query);

  /// The first value of a parameter; null when it was not given.
  [[nodiscard]] const std::string* find(std::string_view name) const;

  /// The first of `names` that was given more than once; empty: none.
  [[nodiscard]] std::string_view doubled(std::span<const std::string_view> names) const;
  /// A parameter that is none of `names`; empty: there is none.
  [[nodiscard]] std::string_view other_than(std::span<const std::string_view> names) const;

  /// False when a parameter was left out: behind the bound, or with an escape that is none.
  [[nodiscard]] bool is_whole() const { return whole_; }

 private:
  struct Parameter {
    std::string name;
    std::string value;
  };
  std::vector<Parameter> parameters_;
  bool whole_ = true;
};

}  // namespace http::native
