#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/match/stream/judge.h"

namespace registry::match::stream {

/// Of a question, unless told otherwise: about half a second. java.util.regex would need longer for
/// nearly all that takes more.
inline constexpr std::uint64_t kStreamStepsMax = 100'000'000;

/// The stream of `oriel filter match`: questions in, a line each; answers out, one for one and in
/// their order. Knows nothing of descriptors.
///
/// Holds at most one unfinished line of kLineOctetsMax; of a longer one the rest is passed over. An
/// answer repeats the input once for each named group at most.
class Stream {
 public:
  explicit Stream(std::uint64_t steps_max) : judge_(steps_max) {}

  /// Takes octets as they come; `next` answers what was asked in them.
  void feed(std::string_view octets);
  /// Nothing comes any more: what stands behind the last line's end is a line too.
  void finish();
  /// Appends the answer to the next question; false when it has not come whole yet.
  [[nodiscard]] bool next(std::string& out);

  /// Whether every line so far was a question.
  [[nodiscard]] bool all_good() const { return malformed_ == 0; }

 private:
  void answer_line(std::string_view line, std::string& out);
  void answer_too_long(std::string& out);
  void malformed(std::string reason, std::string& out);
  bool drop_rest_of_line();

  Judge judge_;
  Question question_;
  std::string buffer_;
  std::size_t taken_ = 0;     // octets of buffer_ that were answered
  std::size_t searched_ = 0;  // octets of buffer_ in which no line's end is, from taken_ on
  bool finished_ = false;
  bool in_long_line_ = false;  // its answer was given, its end has not come
  std::size_t lines_ = 0;
  std::size_t malformed_ = 0;
};

}  // namespace registry::match::stream
