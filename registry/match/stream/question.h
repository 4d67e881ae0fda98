#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace registry::match::stream {

inline constexpr std::size_t kLineOctetsMax = std::size_t{1024} * 1024;  // of a question
inline constexpr std::uint32_t kLineDepthMax = 32;  // of members that are not looked at

/// One line of the stream: does `input` match `pattern`?
struct Question {
  std::u32string pattern;
  std::u32string input;
};

/// Why a line is no question, and at which octet that shows.
struct Malformed {
  std::string reason;
  std::size_t position = 0;
};

/// Reads `{"pattern":…,"input":…}` (RFC 8259, in UTF-8) into `question`, whose memory is used
/// again; other members are passed over, and the order does not matter.
///
/// Strings become code points as a Java string would have them: an escaped pair of surrogates is
/// one, and an unpaired one stays itself. core/json refuses these, which is right for documents and
/// wrong here, where the stream has to say anything that a Java string may be.
[[nodiscard]] core::Result<void, Malformed> read_question(std::string_view line,
                                                          Question& question);

}  // namespace registry::match::stream
