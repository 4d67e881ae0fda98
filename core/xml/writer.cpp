#include "core/xml/writer.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/xml/characters.h"
#include "core/xml/namespaces.h"

namespace core::xml {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

enum class Place : std::uint8_t { text, attribute };

/// The reference that stands for `code`; empty when it is written as it is. A carriage return, and
/// in an attribute any white space but the blank, would not survive reading.
std::string_view escape_of(char32_t code, Place place) {
  switch (code) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return place == Place::attribute ? "&quot;" : "";
    case '\r':
      return "&#13;";
    case '\t':
      return place == Place::attribute ? "&#9;" : "";
    case '\n':
      return place == Place::attribute ? "&#10;" : "";
    default:
      return {};
  }
}

void append_escaped(std::string& out, std::string_view value, Place place) {
  while (!value.empty()) {
    const Decoded next = decode_utf8(value);
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    if (next.size == 0 || !is_character(next.code)) {
      out.append(kReplacement);
    } else if (const auto escape = escape_of(next.code, place); !escape.empty()) {
      out.append(escape);
    } else {
      out.append(value.substr(0, size));
    }
    value.remove_prefix(size);
  }
}

void append_declaration(std::string& out, std::string_view prefix, std::string_view uri) {
  out.append(prefix.empty() ? " xmlns" : " xmlns:").append(prefix).append("=\"");
  append_escaped(out, uri, Place::attribute);
  out.push_back('"');
}

}  // namespace

Writer::Writer(std::string& out, std::vector<Prefix> prefixes)
    : out_(out), prefixes_(std::move(prefixes)) {}

void Writer::declaration() { out_.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"); }

void Writer::start(std::string_view namespace_uri, std::string_view local_name) {
  if (!open_.empty()) close_tag();
  std::string declarations;
  std::string default_namespace;
  if (open_.empty()) {
    declare_given(declarations, default_namespace, !namespace_uri.empty());
  } else {
    default_namespace = open_.back().default_namespace;
  }
  std::string name = qualified(namespace_uri, local_name, declarations, default_namespace);
  out_.append("<").append(name).append(declarations);
  open_.push_back({std::move(name), std::move(default_namespace), true});
}

/// The name with its prefix; adds the declaration that it needs here.
std::string Writer::qualified(std::string_view namespace_uri, std::string_view local_name,
                              std::string& declarations, std::string& default_namespace) {
  const auto given = std::find_if(prefixes_.begin(), prefixes_.end(), [&](const Prefix& prefix) {
    return prefix.namespace_uri == namespace_uri;
  });
  if (given != prefixes_.end() && !given->prefix.empty()) {
    return std::string{given->prefix}.append(":").append(local_name);
  }
  if (given == prefixes_.end() && !namespace_uri.empty()) {
    if (namespace_uri == kXmlNamespace) return std::string{"xml:"}.append(local_name);
    const std::string prefix = "ns" + std::to_string(++generated_);
    append_declaration(declarations, prefix, namespace_uri);
    return prefix + ":" + std::string{local_name};
  }
  if (default_namespace != namespace_uri) {
    default_namespace = namespace_uri;
    append_declaration(declarations, "", namespace_uri);
  }
  return std::string{local_name};
}

/// What the root declares; not the default namespace when the root itself is in none.
void Writer::declare_given(std::string& declarations, std::string& default_namespace,
                           bool with_default) const {
  for (const Prefix& given : prefixes_) {
    if (given.prefix.empty() && !with_default) continue;
    if (given.prefix.empty()) default_namespace = given.namespace_uri;
    append_declaration(declarations, given.prefix, given.namespace_uri);
  }
}

void Writer::attribute(std::string_view local_name, std::string_view value) {
  CORE_CHECK(!open_.empty() && open_.back().tag_open);
  out_.append(" ").append(local_name).append("=\"");
  append_escaped(out_, value, Place::attribute);
  out_.push_back('"');
}

void Writer::attribute(std::string_view namespace_uri, std::string_view local_name,
                       std::string_view value) {
  if (namespace_uri.empty()) return attribute(local_name, value);
  // An attribute is in a namespace only by a prefix of its own: the default does not reach it.
  for (const Prefix& given : prefixes_) {
    if (given.namespace_uri == namespace_uri && !given.prefix.empty()) {
      return attribute(std::string{given.prefix}.append(":").append(local_name), value);
    }
  }
  if (namespace_uri == kXmlNamespace) {
    return attribute(std::string{"xml:"}.append(local_name), value);
  }
  const std::string prefix = "ns" + std::to_string(++generated_);
  append_declaration(out_, prefix, namespace_uri);
  attribute(prefix + ":" + std::string{local_name}, value);
}

void Writer::text(std::string_view value) {
  if (value.empty()) return;
  CORE_CHECK(!open_.empty());
  close_tag();
  // White space alone would be dropped by the reader: its first character goes as a reference.
  if (std::all_of(value.begin(), value.end(), is_space)) {
    out_.append("&#").append(std::to_string(static_cast<int>(value.front()))).append(";");
    value.remove_prefix(1);
  }
  append_escaped(out_, value, Place::text);
}

void Writer::end() {
  CORE_CHECK(!open_.empty());
  const Open& element = open_.back();
  if (element.tag_open) {
    out_.append("/>");
  } else {
    out_.append("</").append(element.name).append(">");
  }
  open_.pop_back();
}

void Writer::close_tag() {
  if (!open_.back().tag_open) return;
  out_.push_back('>');
  open_.back().tag_open = false;
}

}  // namespace core::xml
