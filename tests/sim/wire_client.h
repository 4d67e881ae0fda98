#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "amqp/session/server_session.h"
#include "amqp/wire/methods.h"
#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"
#include "tests/sim/brokers.h"
#include "tests/sim/witness.h"

namespace sim {

using Random = std::mt19937_64;

/// What all clients of one simulated world share.
struct ClientWorld {
  Brokers& brokers;
  amqp::port::Authenticator& authenticator;
  const amqp::session::Settings& settings;
  Witness& witness;
};

/// A client with one channel, and its link to a real server session: octets wait on both sides
/// until `move` carries some of them over, and are lost when the link is cut.
class WireClient : private core::Pump {
 public:
  explicit WireClient(ClientWorld& world) : world_(world) {}
  WireClient(const WireClient&) = delete;
  WireClient& operator=(const WireClient&) = delete;
  ~WireClient() override { cut(); }

  /// Connects to a shard and says all that opens a channel, without waiting for an answer.
  void connect(unsigned shard);
  void cut();  ///< The socket is gone, with everything that is on the way.
  [[nodiscard]] bool connected() const { return session_ != nullptr; }
  /// Carries a random number of octets over, either way; false when there was nothing to do.
  bool move(Random& random);

 protected:
  struct Message {
    std::uint64_t tag = 0;
    bool redelivered = false;
    amqp::wire::Properties properties;
    std::string body;
  };
  virtual void opened() = 0;  ///< The channel is open.
  virtual void answered(const amqp::wire::AnyMethod&) {}
  virtual void received(const Message&) {}
  virtual void lost() {}        ///< The link was cut.
  virtual void progressed() {}  ///< The server has read on: see octets_taken().

  void send(const amqp::wire::AnyMethod& method);
  void publish(std::string_view exchange, std::string_view routing_key,
               const amqp::wire::Properties& properties, std::string_view body);
  [[nodiscard]] std::uint64_t octets_sent() const { return sent_; }
  /// What the server has read, and what of that it has certainly worked through.
  [[nodiscard]] std::uint64_t octets_read() const { return read_; }
  [[nodiscard]] std::uint64_t octets_taken() const { return taken_; }
  [[nodiscard]] ClientWorld& world() { return world_; }

  // The requests that every client here makes.
  void declare_queue(const std::string& name, bool exclusive = false, bool durable = false);
  void declare_exchange(const std::string& name, const std::string& type, bool durable = false);
  void bind(const std::string& queue, const std::string& exchange, const std::string& key);
  void consume(const std::string& queue, std::uint16_t prefetch, bool no_ack = false);
  void ack(std::uint64_t tag, bool multiple = false);
  void reject(std::uint64_t tag);

 private:
  void session_changed() override {}
  bool to_server(Random& random);
  bool to_client(Random& random);
  void read_frames();
  void on_method(const amqp::wire::AnyMethod& method);
  void on_frame(const amqp::wire::FrameView& frame);

  ClientWorld& world_;
  std::unique_ptr<amqp::session::ServerSession> session_;
  core::Buffer to_server_;
  core::Buffer from_server_;
  std::uint64_t sent_ = 0;   // octets of this connection, waiting ones included
  std::uint64_t read_ = 0;   // by the server
  std::uint64_t taken_ = 0;  // read, and no frame of them left aside
  std::optional<Message> incoming_;
  std::uint64_t incoming_size_ = 0;
};

}  // namespace sim
