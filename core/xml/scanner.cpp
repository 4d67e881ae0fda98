#include "core/xml/scanner.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/xml/characters.h"

namespace core::xml {
namespace {

bool is_utf8_label(std::string_view label) {
  constexpr std::string_view kUtf8 = "utf-8";
  return std::equal(label.begin(), label.end(), kUtf8.begin(), kUtf8.end(),
                    [](char a, char b) { return core::ascii_lower(a) == b; });
}

/// The value of a digit, or 99.
unsigned digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char small = core::ascii_lower(c);
  return small >= 'a' && small <= 'f' ? static_cast<unsigned>(small - 'a' + 10) : 99;
}

}  // namespace

std::optional<Fault> Scanner::run() {
  if (looking_at("<?xml") && position_ + 5 < text_.size() && is_space(text_[position_ + 5])) {
    if (!declaration()) return fault_;
  }
  while (!at_end()) {
    const bool sound = text_[position_] == '<' ? markup() : text();
    if (!sound) return fault_;
  }
  if (!open_.empty()) fail("the document ends inside <" + std::string{open_.back()} + ">");
  if (open_.empty() && !root_seen_) fail("there is no element");
  return fault_;
}

/// `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` (XML 1.0 [23]).
bool Scanner::declaration() {
  position_ += 5;
  std::string_view value;
  if (!pseudo_attribute("version", value)) return false;
  if (value != "1.0") return fail("only XML 1.0 is read");
  if (skip_space() && looking_at("encoding")) {
    --position_;  // the blank belongs to the pseudo-attribute
    if (!pseudo_attribute("encoding", value)) return false;
    if (!is_utf8_label(value)) return fail("only UTF-8 is read");
    skip_space();
  }
  if (looking_at("standalone")) {
    --position_;
    if (!pseudo_attribute("standalone", value)) return false;
    if (value != "yes" && value != "no") return fail("standalone is yes or no");
    skip_space();
  }
  return expect("?>", "the XML declaration is malformed");
}

bool Scanner::pseudo_attribute(std::string_view name, std::string_view& value) {
  if (!skip_space() || !looking_at(name)) return fail("the XML declaration is malformed");
  position_ += name.size();
  skip_space();
  if (!expect("=", "the XML declaration is malformed")) return false;
  skip_space();
  if (at_end() || (text_[position_] != '"' && text_[position_] != '\'')) {
    return fail("a quote is missing");
  }
  const std::size_t begin = position_ + 1;
  const std::size_t end = text_.find(text_[position_], begin);
  if (end == std::string::npos) return fail("a quote is missing");
  value = std::string_view{text_}.substr(begin, end - begin);
  position_ = end + 1;
  return true;
}

bool Scanner::markup() {
  if (looking_at("<!--")) return comment();
  if (looking_at("<![CDATA[")) return cdata();
  if (looking_at("<!")) return fail("a document type or other declaration is not allowed");
  if (looking_at("<?")) return fail("a processing instruction is not allowed");
  if (looking_at("</")) return end_tag();
  return start_tag();
}

bool Scanner::start_tag() {
  const std::size_t begin = position_;
  if (open_.empty() && root_seen_) return fail("there is a second root element");
  if (open_.size() >= limits_.depth) return fail("elements are nested too deeply");
  if (++elements_ > limits_.elements) return fail("there are too many elements");

  ++position_;
  std::string_view tag;
  if (!name(tag)) return false;
  root_seen_ = true;
  for (std::size_t attributes = 0;;) {
    const bool space = skip_space();
    if (looking_at("/>")) {
      position_ += 2;
      return true;
    }
    if (looking_at(">")) {
      ++position_;
      open_.push_back(tag);
      return true;
    }
    if (at_end()) return fail_at(begin, "the tag has no end");
    if (!space) return fail("white space is missing before an attribute");
    if (++attributes > limits_.attributes || ++attributes_ > limits_.attributes_in_all) {
      return fail("there are too many attributes");
    }
    if (!attribute()) return false;
  }
}

bool Scanner::attribute() {
  std::string_view ignored;
  if (!name(ignored)) return false;
  skip_space();
  if (!expect("=", "an attribute has no value")) return false;
  skip_space();
  if (at_end() || (text_[position_] != '"' && text_[position_] != '\'')) {
    return fail("an attribute value is not quoted");
  }
  const std::size_t begin = position_;
  const char quote = text_[position_++];
  while (!at_end() && text_[position_] != quote) {
    const char c = text_[position_];
    if (c == '<') return fail("'<' in an attribute value");
    if (c == '&') {
      if (!reference()) return false;
      continue;
    }
    if (is_space(c)) text_[position_] = ' ';
    ++position_;
  }
  if (at_end()) return fail_at(begin, "the attribute value has no end");
  ++position_;
  return true;
}

bool Scanner::end_tag() {
  const std::size_t begin = position_;
  position_ += 2;
  std::string_view tag;
  if (!name(tag)) return false;
  if (open_.empty() || open_.back() != tag) {
    return fail_at(begin, "</" + std::string{tag} + "> closes nothing");
  }
  open_.pop_back();
  skip_space();
  return expect(">", "the end tag has no end");
}

bool Scanner::comment() {
  const std::size_t begin = position_;
  position_ += 4;
  const std::size_t dashes = text_.find("--", position_);
  if (dashes == std::string::npos) return fail_at(begin, "the comment has no end");
  position_ = dashes;
  return expect("-->", "'--' in a comment");
}

bool Scanner::cdata() {
  if (open_.empty()) return fail("text outside the root element");
  const std::size_t end = text_.find("]]>", position_);
  if (end == std::string::npos) return fail("the CDATA section has no end");
  position_ = end + 3;
  return true;
}

bool Scanner::text() {
  while (!at_end() && text_[position_] != '<') {
    const char c = text_[position_];
    if (open_.empty() && !is_space(c)) return fail("text outside the root element");
    if (c == ']' && looking_at("]]>")) return fail("']]>' in text");
    if (c == '&') {
      if (!reference()) return false;
      continue;
    }
    ++position_;
  }
  return true;
}

/// One of the five predefined entities, or a character reference (XML 1.0 [66], [67]).
bool Scanner::reference() {
  for (const std::string_view known : {"&lt;", "&gt;", "&amp;", "&apos;", "&quot;"}) {
    if (looking_at(known)) {
      position_ += known.size();
      return true;
    }
  }
  if (!looking_at("&#")) return fail("an unknown entity");

  const std::size_t begin = position_;
  const bool hexadecimal = looking_at("&#x");
  const unsigned base = hexadecimal ? 16 : 10;
  position_ += hexadecimal ? 3 : 2;
  char32_t code = 0;
  std::size_t digits = 0;
  for (; !at_end() && digit_of(text_[position_]) < base; ++position_, ++digits) {
    code = code * base + digit_of(text_[position_]);
    if (code > 0x10FFFF) break;
  }
  if (digits == 0 || !is_character(code)) return fail_at(begin, "a bad character reference");
  return expect(";", "a character reference has no ';'");
}

bool Scanner::name(std::string_view& result) {
  const std::size_t begin = position_;
  while (!at_end()) {
    const Decoded next = decode_utf8(std::string_view{text_}.substr(position_));
    const bool fits = position_ == begin ? is_name_start(next.code) : is_name_character(next.code);
    if (next.size == 0 || !fits) break;
    position_ += next.size;
  }
  result = std::string_view{text_}.substr(begin, position_ - begin);
  return !result.empty() || fail("a name is expected");
}

bool Scanner::expect(std::string_view expected, std::string_view reason) {
  if (!looking_at(expected)) return fail(reason);
  position_ += expected.size();
  return true;
}

bool Scanner::skip_space() {
  const std::size_t begin = position_;
  while (!at_end() && is_space(text_[position_])) ++position_;
  return position_ != begin;
}

bool Scanner::fail_at(std::size_t offset, std::string_view reason) {
  if (!fault_) fault_ = Fault{offset, std::string{reason}};
  return false;
}

}  // namespace core::xml
