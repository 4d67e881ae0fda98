#include "http/dispatch/form.h"

#include <map>
#include <string>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/hex.h"
#include "core/encoding/utf8.h"

namespace http::dispatch {
namespace {

/// Undoes form encoding; an escape that is none stays as it is.
std::string form_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out.push_back(' ');
    } else if (text[i] == '%' && text.size() - i > 2 && core::hex_digit_value(text[i + 1]) >= 0 &&
               core::hex_digit_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(core::hex_digit_value(text[i + 1]) * 16 +
                                      core::hex_digit_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// What form encoding stands for, as text: octets that are not UTF-8 are read as Latin-1, as those
/// of headers are. Otherwise two names could become one only in the JSON, and be in it twice.
std::string form_text(std::string_view text) {
  std::string octets = form_decoded(text);
  if (core::is_utf8(octets)) return octets;
  return core::utf8_of_latin1(octets);
}

}  // namespace

bool is_form_post(const message::Request& request) {
  if (request.method != "POST") return false;
  if (request.body.empty() || request.body.size() > kFormOctetsMax) return false;
  const std::string* type = request.headers.find("Content-Type");
  if (type == nullptr) return false;
  const std::string_view media_type =
      core::trimmed(std::string_view{*type}.substr(0, type->find(';')));
  return message::equal_ignoring_case(media_type, "application/x-www-form-urlencoded");
}

void write_form(core::json::Writer& json, std::string_view form) {
  std::map<std::string, std::vector<std::string>> values;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      const std::string_view value = equals == pair.size() ? "" : pair.substr(equals + 1);
      values[form_text(pair.substr(0, equals))].push_back(form_text(value));
    }
    form.remove_prefix(std::min(end + 1, form.size()));
  }
  json.begin_object();
  for (const auto& [name, all] : values) {
    json.key(name);
    json.begin_array();
    for (const std::string& value : all) json.string(value);
    json.end_array();
  }
  json.end_object();
}

}  // namespace http::dispatch
