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
  if (text.size() > kShortStringMax) {
    text.resize(kShortStringMax);
    text.resize(core::utf8_prefix(text));
  }
  return text;
}

}  // namespace amqp::wire
