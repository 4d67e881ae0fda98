#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "core/time/instant.h"

namespace amqp::session {

/// What a listener offers its clients and how much it takes from them. One value serves many
/// sessions and outlives them.
struct Settings {
  std::string version = "0.1.0";  // dotted numbers: clients parse it
  std::string platform = "C++20";

  std::uint16_t channel_max = 2047;    // channels open at a time
  std::uint32_t frame_max = 131072;    // octets, head and end included
  std::chrono::seconds heartbeat{60};  // proposed; the client's answer counts

  core::Duration handshake_timeout = std::chrono::seconds{10};  // from connect to open-ok
  core::Duration refusal_delay = std::chrono::seconds{3};   // before a refused login's silent close
  core::Duration close_timeout = std::chrono::seconds{10};  // for close-ok to our connection.close

  std::size_t message_octets_max = std::size_t{16} << 20U;   // a body
  std::size_t assembly_octets_max = std::size_t{64} << 20U;  // half-sent bodies of a connection
  /// Delivered and not yet settled on one channel. An entry takes 40 bytes.
  std::size_t unacked_max = std::size_t{1} << 20U;
  std::size_t consumers_max = 16384;    // of one channel
  std::size_t unconfirmed_max = 65536;  // publishes of one channel; beyond it the publisher waits
  std::size_t transaction_publishes_max = 65536;                // held for one channel's commit
  std::size_t transaction_octets_max = std::size_t{64} << 20U;  // of memory, for a connection's
  /// When this much waits for the socket, no delivery is taken and no request is read. One message
  /// or one turn's small answers may go beyond.
  std::size_t output_octets_max = std::size_t{1} << 20U;
  /// Direct replies cannot wait anywhere, so they are taken until this much waits; then they are
  /// lost.
  std::size_t reply_octets_max = std::size_t{16} << 20U;
};

/// Who is at the other end, as the socket's owner knows it.
struct Peer {
  std::string address;  // "127.0.0.1:40112", for people
  bool from_loopback = false;
  std::string host{};  // the IP address alone
  /// Gives the user that a trusted client certificate names, empty for none; asked when the client
  /// has sent its protocol header. Empty where there are no certificates.
  std::function<std::string()> certified_user{};
};

}  // namespace amqp::session
