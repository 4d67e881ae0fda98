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
  CORE_CHECK(stage_ == Stage::idle);
  forget();
  exchange_ = publish.exchange;
  routing_key_ = publish.routing_key;
  mandatory_ = publish.mandatory;
  properties_ = {};
  whole_body_ = {};
  kept_ = Stage::idle;
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
  properties_ = header->properties;
  stage_ = Stage::body;
  return body_size_ == 0;
}

core::Result<bool, wire::ProtocolError> ContentAssembly::body(const wire::FrameView& frame,
                                                              core::Block* block) {
  CORE_CHECK(stage_ == Stage::body);
  if (frame.type != wire::FrameType::body) {
    return unexpected_frame("expected content body, got non content body frame instead");
  }
  const std::size_t missing = body_size_ - body_.size();
  if (frame.payload.size() > missing) {
    return unexpected_frame("expected at most " + std::to_string(missing) +
                            " more octets of content body, got " +
                            std::to_string(frame.payload.size()) + " instead");
  }
  if (frame.payload.size() == body_size_) {
    whole_body_ = block != nullptr ? core::BytesView{*block, frame.payload} : frame.payload;
    return true;
  }
  body_.append(frame.payload);
  return frame.payload.size() == missing;
}

Content ContentAssembly::take() {
  CORE_CHECK(stage_ == Stage::body && whole_body_.size() + body_.size() == body_size_);
  stage_ = Stage::idle;
  return {properties_, body_.empty() ? whole_body_ : body_.view()};
}

void ContentAssembly::keep() {
  if (stage_ == Stage::idle || kept_ == stage_) return;
  core::Buffer texts;
  texts.append(exchange_);
  texts.append(routing_key_);
  texts.append(properties_);
  texts_ = std::move(texts);
  const core::Octets all = texts_.octets();
  exchange_ = core::text_of(all.first(exchange_.size()));
  routing_key_ = core::text_of(all.subspan(exchange_.size(), routing_key_.size()));
  properties_ = all.subspan(exchange_.size() + routing_key_.size());
  kept_ = stage_;
}

void ContentAssembly::forget() {
  texts_.release();
  body_.release();
}

}  // namespace amqp::session
