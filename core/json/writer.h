#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/octets.h"
#include "core/memory/buffer.h"

namespace core::json {

/// Writes JSON (RFC 8259) at the end of a Buffer, without blanks. Whoever calls keeps the order
/// right: a key before each member's value, each begin with its end.
///
/// Strings are escaped; octets that are not UTF-8 become U+FFFD, so what comes out is always
/// well-formed.
class Writer {
 public:
  explicit Writer(Buffer& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void string(std::string_view text);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void real(double value);  ///< Shortest text that reads back as the same; null when not finite.
  void boolean(bool value);
  void null();

  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member(std::string_view name, const char* text) { key(name), string(text); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
  void member(std::string_view name, std::int32_t value) { key(name), integer(value); }
  void member(std::string_view name, std::uint64_t value) { key(name), unsigned_integer(value); }
  void member(std::string_view name, std::uint32_t value) { key(name), unsigned_integer(value); }
  void member(std::string_view name, std::uint16_t value) { key(name), unsigned_integer(value); }

  void base64(Octets octets);       ///< A string: `octets` in base64.
  void raw(std::string_view json);  ///< A value that is JSON already.

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();  // the comma between two values or members

  Buffer& out_;
  bool need_comma_ = false;
};

/// `text` with quotes around it, escaped as Writer::string does.
void append_quoted(Buffer& out, std::string_view text);

}  // namespace core::json
