#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct pcre2_real_code_8;  // pcre2_code of the 8-bit library

namespace amqp::access {

inline constexpr std::size_t kPatternOctetsMax = 1024;
// What one pattern may spend on one name; a sane one needs a thousandth. Beyond it: no match.
inline constexpr std::uint32_t kMatchStepsMax = 100'000;
inline constexpr std::uint32_t kMatchDepthMax = 10'000;
inline constexpr std::uint32_t kMatchHeapMaxKib = 4096;  // per thread

/// A pattern for names, as RabbitMQ has them: a PCRE, of octets, that matches when it is found
/// anywhere in the name; the empty pattern stands for `^$`, which only the empty text is.
/// Immutable, and matched by any number of threads at once.
class Pattern {
 public:
  /// Matches nothing.
  Pattern() = default;

  /// The error says what is wrong with the pattern and where.
  [[nodiscard]] static core::Result<Pattern, std::string> compile(std::string_view text);

  /// Allocates nothing after the first call on a thread.
  [[nodiscard]] bool matches(std::string_view name) const;
  /// Whether it matches whatever it is asked; then there is no need to ask.
  [[nodiscard]] bool matches_all() const { return all_; }

 private:
  std::shared_ptr<const pcre2_real_code_8> code_;  // null: nothing matches, or all
  bool all_ = false;
};

/// `text` with each {username} and {vhost} replaced. The values stand for themselves: what would be
/// special in a pattern is escaped, or a user called `.*` could go where he likes.
[[nodiscard]] std::string expand(std::string_view text, std::string_view user,
                                 std::string_view vhost);

}  // namespace amqp::access
