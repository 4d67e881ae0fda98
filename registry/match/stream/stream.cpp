#include "registry/match/stream/stream.h"

#include <algorithm>
#include <utility>

namespace registry::match::stream {

void Stream::feed(std::string_view octets) {
  buffer_.erase(0, taken_);
  searched_ = searched_ > taken_ ? searched_ - taken_ : 0;
  taken_ = 0;
  buffer_.append(octets);
}

void Stream::finish() { finished_ = true; }

bool Stream::next(std::string& out) {
  if (in_long_line_ && !drop_rest_of_line()) return false;
  const std::size_t end = buffer_.find('\n', std::max(taken_, searched_));
  const std::string_view rest = std::string_view{buffer_}.substr(taken_);
  if (end != std::string::npos) {
    const std::string_view line = rest.substr(0, end - taken_);
    taken_ = end + 1;
    if (line.size() > kLineOctetsMax) {
      answer_too_long(out);
    } else {
      answer_line(line, out);
    }
    return true;
  }
  searched_ = buffer_.size();
  if (rest.size() > kLineOctetsMax) {
    in_long_line_ = true;
    answer_too_long(out);
    return true;
  }
  if (!finished_ || rest.empty()) return false;
  taken_ = buffer_.size();
  answer_line(rest, out);
  return true;
}

bool Stream::drop_rest_of_line() {
  const std::size_t end = buffer_.find('\n', taken_);
  in_long_line_ = end == std::string::npos;
  taken_ = in_long_line_ ? buffer_.size() : end + 1;
  return !in_long_line_;
}

void Stream::answer_line(std::string_view line, std::string& out) {
  ++lines_;
  const auto read = read_question(line, question_);
  if (read) return append_answer(judge_.answer(question_), out);
  malformed(read.error().reason + " at octet " + std::to_string(read.error().position), out);
}

void Stream::answer_too_long(std::string& out) {
  ++lines_;
  malformed("it has more than " + std::to_string(kLineOctetsMax) + " octets", out);
}

void Stream::malformed(std::string reason, std::string& out) {
  ++malformed_;
  Answer answer;
  answer.error = "line " + std::to_string(lines_) + " is no question: " + std::move(reason);
  answer.line = lines_;
  append_answer(answer, out);
}

}  // namespace registry::match::stream
