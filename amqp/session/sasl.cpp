#include "amqp/session/sasl.h"

#include <string>

#include "amqp/wire/field_table.h"
#include "amqp/wire/octet_writer.h"
#include "core/memory/buffer.h"

namespace amqp::session {
namespace {

/// RFC 4616: [authorization identity] NUL user NUL password.
std::optional<port::Credentials> read_plain(std::string_view response) {
  constexpr auto kNone = std::string_view::npos;
  const std::size_t first = response.find('\0');
  if (first == kNone) return std::nullopt;
  const std::size_t second = response.find('\0', first + 1);
  if (second == kNone) return std::nullopt;

  const std::string_view acts_for = response.substr(0, first);
  const std::string_view user = response.substr(first + 1, second - first - 1);
  const std::string_view password = response.substr(second + 1);
  if (password.find('\0') != kNone) return std::nullopt;
  if (!acts_for.empty() && acts_for != user) return std::nullopt;
  return port::Credentials{std::string{user}, std::string{password}};
}

std::optional<port::Credentials> read_amqplain(std::string_view response) {
  core::Buffer table;
  wire::OctetWriter{table}.long_string(response);
  const auto decoded = wire::decode_table(table.octets());
  if (!decoded) return std::nullopt;

  const wire::FieldValue* user = decoded->find("LOGIN");
  const wire::FieldValue* password = decoded->find("PASSWORD");
  if (user == nullptr || user->text() == nullptr) return std::nullopt;
  if (password == nullptr || password->text() == nullptr) return std::nullopt;
  return port::Credentials{*user->text(), *password->text()};
}

}  // namespace

std::optional<port::Credentials> read_response(std::string_view mechanism,
                                               std::string_view response) {
  if (mechanism == "PLAIN") return read_plain(response);
  if (mechanism == "AMQPLAIN") return read_amqplain(response);
  return std::nullopt;
}

}  // namespace amqp::session
