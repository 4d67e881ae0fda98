#include "core/xml/builder.h"
#include "core/xml/characters.h"
#include "core/xml/document.h"
#include "core/xml/scanner.h"

namespace core::xml {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

ParseError located(std::string_view text, Fault fault) {
  ParseError error{1, 1, std::move(fault.reason)};
  for (const char c : text.substr(0, std::min(fault.offset, text.size()))) {
    ++error.column;
    if (c != '\n') continue;
    ++error.line;
    error.column = 1;
  }
  return error;
}

/// `text` with every line end as one line feed (XML 1.0 §2.11), judged character by character.
Result<std::string, Fault> normalized(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size();) {
    const Decoded next = decode_utf8(text.substr(i));
    if (next.size == 0) return Unexpected{Fault{i, "not UTF-8"}};
    if (!is_character(next.code)) return Unexpected{Fault{i, "a control character"}};
    if (next.code == '\r') {
      result.push_back('\n');
      i += text.substr(i).starts_with("\r\n") ? 2U : 1U;
      continue;
    }
    result.append(text.substr(i, next.size));
    i += next.size;
  }
  return result;
}

}  // namespace

Result<Document, ParseError> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.size_octets) return Unexpected{ParseError{1, 1, "too large"}};
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());

  auto clean = normalized(text);
  if (!clean) return Unexpected{located(text, std::move(clean).error())};
  if (auto fault = Scanner{*clean, limits}.run()) {
    return Unexpected{located(*clean, *std::move(fault))};
  }
  auto tree = build_tree(*clean);
  if (!tree) return Unexpected{located(*clean, std::move(tree).error())};
  return Document{*std::move(tree)};
}

}  // namespace core::xml
