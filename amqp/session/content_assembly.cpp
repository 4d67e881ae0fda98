#include "amqp/session/content_assembly.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace amqp::session {
namespace {

core::Unexpected<wire::ProtocolError> unexpected_frame(std::string text) {
  return core::Unexpected{
      wire::ProtocolError{wire::kUnexpectedFrame, std::move(text), false, wire::BasicPublish::id}};
}

}  // namespace

void ContentAssembly::begin(const wire::BasicPublishView& publish) {
  exchange_ = publish.exchange;
  routing_key_ = publish.routing_key;
  mandatory_ = publish.mandatory;
  stage_ = Stage::header;
}

core::Result<bool, wire::ProtocolError> ContentAssembly::header(const wire::FrameView& frame) {
  CORE_CHECK(stage_ == Stage::header);
  if (frame.type != wire::FrameType::header) {
    return unexpected_frame(
        "expected content header for class 60, got non content header frame instead");
  }
  auto header = wire::decode_content_header(frame.payload);
  if (!header) {
    header.error().method = wire::BasicPublish::id;
    return core::Unexpected{std::move(header).error()};
  }
  if (header->class_id != wire::kBasicClass) {
    return unexpected_frame("expected content header for class 60, got one for class " +
                            std::to_string(header->class_id) + " instead");
  }
  if (header->body_size > octets_max_) {
    return core::Unexpected{wire::ProtocolError{
        wire::kPreconditionFailed,
        "message size " + std::to_string(header->body_size) +
            " is larger than configured max size " + std::to_string(octets_max_),
        false, wire::BasicPublish::id}};
  }
  body_size_ = static_cast<std::size_t>(header->body_size);
  properties_size_ = header->properties.size();
  // A small body joins its properties without moving them; a large one must come first.
  constexpr std::size_t kReserveMax = 4096;
  static_cast<void>(content_.prepare(properties_size_ + std::min(body_size_, kReserveMax)));
  content_.append(header->properties);
  stage_ = Stage::body;
  return body_size_ == 0;
}

core::Result<bool, wire::ProtocolError> ContentAssembly::body(const wire::FrameView& frame) {
  CORE_CHECK(stage_ == Stage::body);
  if (frame.type != wire::FrameType::body) {
    return unexpected_frame("expected content body, got non content body frame instead");
  }
  const std::size_t missing = body_size_ - (content_.size() - properties_size_);
  if (frame.payload.size() > missing) {
    return unexpected_frame("expected at most " + std::to_string(missing) +
                            " more octets of content body, got " +
                            std::to_string(frame.payload.size()) + " instead");
  }
  content_.append(frame.payload);
  return frame.payload.size() == missing;
}

Content ContentAssembly::take() {
  CORE_CHECK(stage_ == Stage::body && content_.size() == properties_size_ + body_size_);
  stage_ = Stage::idle;
  const core::SharedBytes whole = content_.freeze();
  return {whole.slice(0, properties_size_), whole.slice(properties_size_, body_size_)};
}

}  // namespace amqp::session
