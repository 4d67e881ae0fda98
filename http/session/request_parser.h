#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/base/octets.h"
#include "http/message/message.h"
#include "http/session/limits.h"
#include "http/session/refusal.h"

namespace http::session {

/// Reads one request after the other from a stream of octets. llhttp does the tokenising; this
/// class does what llhttp in strict mode leaves open: it bounds every part, and refuses what a
/// looser reader in front of or behind us could understand differently.
///
/// Lines are handed to llhttp one by one and chunks by their size, so that what is found, and in
/// which order, never depends on how the octets were cut on their way.
class RequestParser {
 public:
  explicit RequestParser(const Limits& limits);  ///< `limits` outlives the parser.
  RequestParser(RequestParser&&) noexcept;
  RequestParser& operator=(RequestParser&&) noexcept;
  ~RequestParser();

  enum class Event : std::uint8_t {
    more,     // all octets are taken, and the request is not yet in
    head,     // the head is in and acceptable; a body follows
    request,  // the request is in: take() it
    refused,  // see refusal(); nothing more can be read from this stream
  };
  /// Takes octets from the front of `input` up to the next event.
  [[nodiscard]] Event feed(core::Octets& input);

  /// The request that is in, without ends and times; the parser is then ready for the next.
  [[nodiscard]] message::Request take();
  /// What is there of the current request; after a refusal, too.
  [[nodiscard]] const message::Request& so_far() const;
  [[nodiscard]] const Refusal& refusal() const;

  [[nodiscard]] bool started() const;             ///< Some of a request is in, and not yet taken.
  [[nodiscard]] bool in_body() const;             ///< Its head is in.
  [[nodiscard]] std::size_t body_octets() const;  ///< Of its body, so far.

  // About the request whose head is in, until it is taken.
  [[nodiscard]] bool http_1_0() const;
  [[nodiscard]] bool keep_alive() const;        ///< The client wants to go on after it.
  [[nodiscard]] bool expects_continue() const;  ///< It waits for 100 (Continue).
  [[nodiscard]] bool asterisk() const;          ///< OPTIONS *: about the server itself.

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace http::session
