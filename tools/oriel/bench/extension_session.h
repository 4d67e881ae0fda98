#pragma once

#include <cstdint>
#include <string>

#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"
#include "core/base/octets.h"
#include "core/memory/buffer.h"
#include "tools/oriel/bench/urls.h"

namespace oriel::bench {

/// What the extension declares, and how it answers.
struct ExtensionPlan {
  std::string exchange;  // direct, durable
  std::string routing_key;
  bool delete_exchange = false;  // when the session ends
  std::size_t reply_octets = 0;
};

/// The AMQP side of an extension service, as octets in and octets out: logs in, declares its
/// exchange and a queue of its own, binds and consumes without acknowledgements, and answers each
/// request with the reply of spec section 4.5. It knows as much AMQP as that needs.
class ExtensionSession {
 public:
  ExtensionSession(BrokerUrl broker, ExtensionPlan plan);

  void received(core::Octets octets);
  [[nodiscard]] core::Buffer& output() { return output_; }  ///< To be sent, and consumed.

  /// Says goodbye: the output ends with connection.close, and `closed` follows.
  void close();

  [[nodiscard]] bool consuming() const { return state_ == State::consuming; }
  [[nodiscard]] bool closed() const { return state_ == State::closed; }
  [[nodiscard]] const std::string& failure() const {
    return failure_;
  }  ///< Empty while it is well.
  [[nodiscard]] std::uint64_t answered() const { return answered_; }
  [[nodiscard]] std::uint64_t unreadable() const { return unreadable_; }

 private:
  enum class State : std::uint8_t { opening, consuming, closing, closed };

  void handle(const amqp::wire::FrameView& frame);
  void handle_method(core::Octets payload);
  void handle_header(core::Octets payload);
  void handle_body(core::Octets payload);
  void on(const amqp::wire::ConnectionStart& start);
  void on(const amqp::wire::ConnectionTune& tune);
  void on(const amqp::wire::ConnectionOpenOk& open);
  void on(const amqp::wire::ChannelOpenOk& open);
  void on(const amqp::wire::QueueDeclareOk& declared);
  void on(const amqp::wire::BasicConsumeOk& consume);
  void on(const amqp::wire::BasicDeliver& deliver);
  void on(const amqp::wire::BasicCancel& cancel);
  void on(const amqp::wire::ChannelClose& close);
  void on(const amqp::wire::ConnectionClose& close);
  void on(const amqp::wire::ConnectionCloseOk& close);
  template <typename Other>
  void on(const Other& /*ignored*/) {}

  void answer();
  void fail(std::string why);
  template <typename M>
  void send(amqp::wire::ChannelId channel, const M& method) {
    amqp::wire::encode_method_frame(channel, method, output_);
  }

  BrokerUrl broker_;
  ExtensionPlan plan_;
  State state_ = State::opening;
  std::string failure_;
  core::Buffer input_;
  core::Buffer output_;
  amqp::wire::FrameMax frame_max_;

  // The request that is coming in.
  core::Buffer properties_;
  core::Buffer body_;
  std::uint64_t body_size_ = 0;
  core::Buffer reply_;

  std::uint64_t answered_ = 0;
  std::uint64_t unreadable_ = 0;
};

}  // namespace oriel::bench
