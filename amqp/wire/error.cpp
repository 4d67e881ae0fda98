#include "amqp/wire/error.h"

#include <array>

#include "amqp/wire/octet_writer.h"

namespace amqp::wire {
namespace {

struct NamedCode {
  ReplyCode code;
  std::string_view name;
  bool hard;
};
constexpr std::array kCodes{
    NamedCode{kReplySuccess, "REPLY_SUCCESS", false},
    NamedCode{kContentTooLarge, "CONTENT_TOO_LARGE", false},
    NamedCode{kNoRoute, "NO_ROUTE", false},
    NamedCode{kNoConsumers, "NO_CONSUMERS", false},
    NamedCode{kConnectionForced, "CONNECTION_FORCED", true},
    NamedCode{kInvalidPath, "INVALID_PATH", true},
    NamedCode{kAccessRefused, "ACCESS_REFUSED", false},
    NamedCode{kNotFound, "NOT_FOUND", false},
    NamedCode{kResourceLocked, "RESOURCE_LOCKED", false},
    NamedCode{kPreconditionFailed, "PRECONDITION_FAILED", false},
    NamedCode{kFrameError, "FRAME_ERROR", true},
    NamedCode{kSyntaxError, "SYNTAX_ERROR", true},
    NamedCode{kCommandInvalid, "COMMAND_INVALID", true},
    NamedCode{kChannelError, "CHANNEL_ERROR", true},
    NamedCode{kUnexpectedFrame, "UNEXPECTED_FRAME", true},
    NamedCode{kResourceError, "RESOURCE_ERROR", true},
    NamedCode{kNotAllowed, "NOT_ALLOWED", true},
    NamedCode{kNotImplemented, "NOT_IMPLEMENTED", true},
    NamedCode{kInternalError, "INTERNAL_ERROR", true},
};

const NamedCode* find(ReplyCode code) {
  for (const NamedCode& named : kCodes) {
    if (named.code == code) return &named;
  }
  return nullptr;
}

unsigned octet_at(std::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}
bool continues(std::string_view text, std::size_t position) {
  return position < text.size() && (octet_at(text, position) & 0xC0U) == 0x80U;
}

/// The octets of the character at `position`; 0 when it is none (RFC 3629 §4).
std::size_t utf8_length(std::string_view text, std::size_t position) {
  const unsigned first = octet_at(text, position);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !continues(text, position + 1)) return 0;
  if (first < 0xE0) return 2;
  const unsigned second = octet_at(text, position + 1);
  if (!continues(text, position + 2)) return 0;
  if (first < 0xF0) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = first == 0xF0 && second < 0x90;
  const bool beyond = first == 0xF4 && second > 0x8F;
  return overlong || beyond || !continues(text, position + 3) ? 0 : 4;
}

}  // namespace

std::string_view reply_name(ReplyCode code) {
  const NamedCode* named = find(code);
  return named == nullptr ? std::string_view{} : named->name;
}

bool closes_connection(ReplyCode code) {
  const NamedCode* named = find(code);
  return named == nullptr || named->hard;
}

std::string reply_text(ReplyCode code, std::string_view explanation) {
  std::string text{reply_name(code)};
  if (!text.empty() && !explanation.empty()) text += " - ";
  text += explanation;
  text.resize(cut_utf8(text, kShortStringMax).size());
  return text;
}

std::string_view cut_utf8(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return text;
  std::size_t size = size_max;
  // A character has at most three octets that continue it; what has more is no UTF-8 anyway.
  for (int back = 0; back < 3 && size > 0 && continues(text, size); ++back) --size;
  if (continues(text, size)) size = size_max;
  return text.substr(0, size);
}

bool is_utf8(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t length = utf8_length(text, position);
    if (length == 0) return false;
    position += length;
  }
  return true;
}

}  // namespace amqp::wire
