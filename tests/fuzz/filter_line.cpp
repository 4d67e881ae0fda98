// A line of `oriel filter match`, read however broken it is. What is a question says the same when
// it is written again, whichever way its characters were spelled; what is none has a reason and a
// place.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "registry/match/stream/answer.h"
#include "registry/match/stream/question.h"

namespace stream = registry::match::stream;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line{reinterpret_cast<const char*>(data), size};
  stream::Question question;
  const auto read = stream::read_question(line, question);
  if (!read) {
    CORE_CHECK(!read.error().reason.empty() && read.error().position <= line.size());
    return 0;
  }
  std::string again = "{\"input\":";
  stream::append_ascii_string(question.input, again);
  again += ",\"pattern\":";
  stream::append_ascii_string(question.pattern, again);
  again += "}";
  stream::Question same;
  CORE_CHECK(stream::read_question(again, same).has_value());
  CORE_CHECK(same.pattern == question.pattern && same.input == question.input);
  return 0;
}
