#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/memory/output.h"
#include "core/pump/octet_session.h"
#include "core/shard/connection_limits.h"
#include "core/shard/listener.h"
#include "core/shard/shard.h"
#include "core/shard/socket.h"

namespace core {

class SocketPump;

/// Who keeps a pump; called at the end of a turn, when the pump's socket is closed and nothing
/// waits for it: destroy it.
class PumpOwner {
 public:
  virtual ~PumpOwner() = default;
  virtual void pump_closed(SocketPump& pump) = 0;
};

struct PumpOptions {
  Duration handshake_timeout = std::chrono::seconds{10};
  Duration write_timeout = std::chrono::seconds{60};  // no octet taken by the peer for so long
  Duration linger_timeout = std::chrono::seconds{5};  // for the peer to close after us
  std::string_view answer_to_plain_http{};            // on a TLS port; empty: just close
};

/// Moves octets between one socket and a session, on one shard: reads into the session's input
/// space as the socket becomes readable, writes its output once per turn, keeps its deadlines and
/// sees to an orderly end. Knows no protocol: SessionPump gives it one.
///
/// Reading   stops while the session offers no space, and while the shard or `may_read` says so.
/// Writing   one call for each turn; a socket that takes less is waited for.
/// End       once the session is finished and its output gone: our side is closed, and what the
/// peer
///           still sends is read and dropped until it closes too (else the kernel would answer it
///           with a reset, which can destroy our last words on their way). At most
///           linger_timeout and kLingerOctetsMax.
/// Idle      it holds no buffers; the session's are its own affair.
class SocketPump : public Pump, private TurnTask, private Timer {
 public:
  static constexpr std::size_t kReadsPerTurn = 16;
  /// What one connection may bring at a stretch before the others have their turn: some two
  /// thousand small messages, about a millisecond's work. The read that reaches it may go beyond.
  static constexpr std::size_t kReadOctetsPerTurn = std::size_t{128} * 1024;
  static constexpr std::size_t kPartsPerWrite = 64;
  static constexpr std::size_t kLingerOctetsMax = std::size_t{16} * 1024 * 1024;

  SocketPump(Shard& shard, PumpOwner& owner, const PumpOptions& options, Accepted accepted,
             tls::SslPtr tls, ConnectionLimits::Place place);

  /// After construction of the whole; reads nothing before.
  void start();
  /// Ends the connection now, output or not.
  void drop() { lose(); }

  void session_changed() override;

  [[nodiscard]] const Address& peer() const { return peer_; }
  [[nodiscard]] const Address& local() const { return local_; }
  [[nodiscard]] bool is_tls() const { return socket_.is_tls(); }
  [[nodiscard]] std::optional<tls::PeerCertificate> peer_certificate() const {
    return socket_.peer_certificate();
  }
  [[nodiscard]] Instant since() const { return since_; }
  [[nodiscard]] std::uint64_t octets_in() const { return octets_in_; }
  [[nodiscard]] std::uint64_t octets_out() const { return octets_out_; }

 protected:
  [[nodiscard]] Shard& shard() { return shard_; }
  /// Whether the session may be given more to do now; asked again a little later if not.
  [[nodiscard]] virtual bool may_read() const { return true; }

  virtual std::span<std::byte> session_input_space() = 0;
  virtual void session_received(std::size_t size, Instant now) = 0;
  virtual Output& session_output() = 0;
  virtual void session_written(Instant now) = 0;
  [[nodiscard]] virtual std::optional<Instant> session_deadline() const = 0;
  virtual void session_expired(Instant now) = 0;
  [[nodiscard]] virtual bool session_finished() const = 0;
  virtual void session_disconnected(Instant now) = 0;
  /// The peer sends no more but may still read. True: the session goes on and will be finished.
  virtual bool session_input_ended(Instant now) = 0;
  /// Nothing will be added to the output, though the session may still want to read.
  [[nodiscard]] virtual bool session_output_complete() const = 0;

 private:
  enum class Phase : std::uint8_t { handshake, open, lingering, closed };

  void turn_ended(Instant now) override;
  void timer_expired(Instant now) override;

  void shake_hands(Instant now);
  void read_some();
  [[nodiscard]] bool read_once();  // false: enough for now
  void write_some(Instant now);
  void settle(Instant now);
  void linger(Instant now);
  void end_sending();
  void drain();
  void input_ended();
  void lose();

  void want(const Moved& moved);
  void wait_to_read();
  void wait_to_write();
  void waited(bool& wait, bool failed);
  void tell_if_expired(Instant now);
  void keep_deadline(Instant now);
  [[nodiscard]] std::optional<Instant> deadline() const;

  Shard& shard_;
  PumpOwner& owner_;
  const PumpOptions& options_;
  Socket socket_;
  const Address peer_;
  const Address local_;
  const Instant since_;
  ConnectionLimits::Place place_;

  Phase phase_;
  bool readable_ = true;   // reading may give something
  bool writable_ = true;   // writing may take something
  bool stalled_ = false;   // the session offered no space; session_changed ends this
  bool ended_ = false;     // the peer sends no more
  bool sent_end_ = false;  // nor do we
  bool waits_read_ = false;
  bool waits_write_ = false;
  std::optional<Instant> own_deadline_;  // of the handshake, a write or the lingering
  std::size_t lingered_octets_ = 0;
  std::uint64_t octets_in_ = 0;
  std::uint64_t octets_out_ = 0;
};

/// A SocketPump with its session. `make` gets the Pump and returns the session.
///
/// A session that has `bool input_ended(Instant)` is told when the peer has closed its side only,
/// and returns whether it still has something to say; for others the connection is over then. One
/// that has `bool output_complete() const` may go on reading after its last words: our side is
/// closed once they are out, so that the peer sees their end at once.
template <OctetSession S>
class SessionPump : public SocketPump {
 public:
  template <typename Make>
  SessionPump(Shard& shard, PumpOwner& owner, const PumpOptions& options, Accepted accepted,
              tls::SslPtr tls, ConnectionLimits::Place place, Make&& make)
      : SocketPump(shard, owner, options, std::move(accepted), std::move(tls), std::move(place)),
        session_(std::forward<Make>(make)(static_cast<SocketPump&>(*this))) {}

  [[nodiscard]] S& session() { return session_; }
  [[nodiscard]] const S& session() const { return session_; }

 private:
  std::span<std::byte> session_input_space() override { return session_.input_space(); }
  void session_received(std::size_t size, Instant now) override { session_.received(size, now); }
  Output& session_output() override { return session_.output(); }
  void session_written(Instant now) override { session_.written(now); }
  std::optional<Instant> session_deadline() const override { return session_.deadline(); }
  void session_expired(Instant now) override { session_.expired(now); }
  bool session_finished() const override { return session_.finished(); }
  void session_disconnected(Instant now) override { session_.disconnected(now); }
  bool session_input_ended(Instant now) override {
    if constexpr (requires {
                    { session_.input_ended(now) } -> std::convertible_to<bool>;
                  }) {
      return session_.input_ended(now);
    } else {
      static_cast<void>(now);
      return false;
    }
  }
  bool session_output_complete() const override {
    if constexpr (requires {
                    { session_.output_complete() } -> std::convertible_to<bool>;
                  }) {
      return session_.output_complete();
    } else {
      return false;
    }
  }

  S session_;
};

}  // namespace core
