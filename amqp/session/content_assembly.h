#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "amqp/wire/error.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"
#include "core/memory/shared_bytes.h"

namespace amqp::session {

/// A message as basic.publish and its frames gave it, seen in place: valid until `forget`.
struct Content {
  core::BytesView properties;
  core::BytesView body;
};

/// Puts a content together: basic.publish, a header frame, and body frames until the announced size
/// is there (AMQP 0-9-1 §4.2.6).
///
/// Nothing is copied as long as all of it lies in the octets that are being read, as it does with
/// small messages and with large ones in one frame: it looks at them in place. `keep` must be
/// called before those octets go. No more than a page is reserved for octets that have not come.
class ContentAssembly {
 public:
  enum class Stage : std::uint8_t { idle, header, body };

  explicit ContentAssembly(std::size_t octets_max) : octets_max_(octets_max) {}

  [[nodiscard]] Stage stage() const { return stage_; }
  /// Held at the moment; what is only looked at does not count.
  [[nodiscard]] std::size_t octets() const { return texts_.size() + body_.size(); }

  void begin(const wire::BasicPublishView& publish);  ///< The header frame is next.

  /// The header frame: true when the content is complete, as it has no body. A body beyond the
  /// limit is precondition_failed (406); a header of another class, or none, unexpected_frame.
  [[nodiscard]] core::Result<bool, wire::ProtocolError> header(const wire::FrameView& frame);
  /// A body frame: true when the content is complete. A body beyond its size is unexpected_frame.
  /// `block` is the one in which the frame lies, if it lies in one.
  [[nodiscard]] core::Result<bool, wire::ProtocolError> body(const wire::FrameView& frame,
                                                             core::Block* block);
  /// The complete content; it and `exchange` and the rest stay until `forget`, at the latest until
  /// the octets go that the frames lay in.
  [[nodiscard]] Content take();
  void forget();  ///< Gives the memory of the content back.
  /// The octets that the frames lay in are about to go: copies what is half there.
  void keep();

  [[nodiscard]] std::string_view exchange() const { return exchange_; }
  [[nodiscard]] std::string_view routing_key() const { return routing_key_; }
  [[nodiscard]] bool mandatory() const { return mandatory_; }
  /// Flags and list of the header, from `header` on.
  [[nodiscard]] core::Octets properties() const { return properties_; }

 private:
  std::size_t octets_max_;
  Stage stage_ = Stage::idle;
  Stage kept_ = Stage::idle;  // what was there at this stage lies in texts_
  bool mandatory_ = false;
  std::string_view exchange_;
  std::string_view routing_key_;
  core::Octets properties_;
  core::BytesView whole_body_;  // when one frame has all of it
  std::size_t body_size_ = 0;
  core::Buffer texts_;  // what `keep` copied: exchange, routing key and properties
  core::Buffer body_;   // what has come of a body in several frames
};

}  // namespace amqp::session
