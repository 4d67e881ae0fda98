#include "http/schema/xsd_text.h"

#include "core/base/check.h"

namespace http::schema {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
}

}  // namespace

void XsdText::begin(std::string_view name, const Attributes& attributes) {
  out_.append(2 * open_.size(), ' ').append("<xs:").append(name);
  for (const Attribute& each : attributes) {
    out_.append(" ").append(each.name).append("=\"");
    append_escaped(out_, each.value);
    out_ += '"';
  }
}

void XsdText::empty(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += "/>\n";
}

void XsdText::open(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += ">\n";
  open_.emplace_back(name);
}

void XsdText::close() {
  CORE_CHECK(!open_.empty());
  const std::string name = std::move(open_.back());
  open_.pop_back();
  out_.append(2 * open_.size(), ' ').append("</xs:").append(name).append(">\n");
}

void XsdText::lines(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (!line.empty()) out_.append(2 * open_.size(), ' ').append(line).append("\n");
  }
}

}  // namespace http::schema
