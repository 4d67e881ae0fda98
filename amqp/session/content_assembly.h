#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "amqp/wire/error.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"
#include "core/memory/shared_bytes.h"

namespace amqp::session {

/// A message as basic.publish and its frames gave it.
struct Content {
  core::SharedBytes properties;
  core::SharedBytes body;
};

/// Puts a content together: basic.publish, a header frame, and body frames until the announced size
/// is there (AMQP 0-9-1 §4.2.6). No more than a page is reserved for octets
/// that have not come. Properties and
/// body end up in one block of memory.
class ContentAssembly {
 public:
  enum class Stage : std::uint8_t { idle, header, body };

  explicit ContentAssembly(std::size_t octets_max) : octets_max_(octets_max) {}

  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] std::size_t octets() const { return content_.size(); }  ///< Held at the moment.

  void begin(const wire::BasicPublishView& publish);  ///< The header frame is next.

  /// The header frame: true when the content is complete, as it has no body. A body beyond the
  /// limit is precondition_failed (406); a header of another class, or none, unexpected_frame.
  [[nodiscard]] core::Result<bool, wire::ProtocolError> header(const wire::FrameView& frame);
  /// A body frame: true when the content is complete. A body beyond its size is unexpected_frame.
  [[nodiscard]] core::Result<bool, wire::ProtocolError> body(const wire::FrameView& frame);
  /// The complete content; `exchange` and the rest stay until the next `begin`.
  [[nodiscard]] Content take();

  [[nodiscard]] const std::string& exchange() const { return exchange_; }
  [[nodiscard]] const std::string& routing_key() const { return routing_key_; }
  [[nodiscard]] bool mandatory() const { return mandatory_; }
  /// Flags and list of the header, from `header` until the first body frame or `take`.
  [[nodiscard]] core::Octets properties() const { return content_.octets(); }

 private:
  std::size_t octets_max_;
  Stage stage_ = Stage::idle;
  std::string exchange_;
  std::string routing_key_;
  bool mandatory_ = false;
  std::size_t properties_size_ = 0;
  std::size_t body_size_ = 0;
  core::Buffer content_;  // properties, then what has come of the body
};

}  // namespace amqp::session
