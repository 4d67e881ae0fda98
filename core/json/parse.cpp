// RapidJSON asks an empty stack for room by adding to a null pointer. That is harmless (nothing is
// read through it), but clang's sanitizer rightly objects; elsewhere in this file it may.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include <algorithm>
#include <cstring>

#include "core/encoding/utf8.h"
#include "core/json/tree.h"
#include "core/json/value.h"

namespace core::json {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Members up to this many are compared each with each; more are sorted first.
constexpr std::uint32_t kCompareMax = 8;

/// Takes what RapidJSON reads and appends nodes to the tree; false ends the reading, with the
/// reason in `refused`.
class Builder {
 public:
  Builder(Tree& tree, std::uint32_t depth_max) : tree_(tree), depth_max_(depth_max) {}

  const char* refused = nullptr;

  bool Null() { return scalar(Kind::null, 0, 0); }
  bool Bool(bool value) { return scalar(Kind::boolean, value ? 1 : 0, 0); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return scalar(Kind::number, length, offset_of(text));
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    if (!is_utf8({text, length})) return refuse("a string is not well-formed UTF-8");
    return scalar(Kind::string, length, offset_of(text));
  }
  bool Key(const char* text, rapidjson::SizeType length, bool copy) {
    return String(text, length, copy);
  }
  bool StartObject() { return open(Kind::object); }
  bool EndObject(rapidjson::SizeType members) {
    const std::uint32_t node = close(members);
    return has_distinct_names(node) || refuse("two members of an object have the same name");
  }
  bool StartArray() { return open(Kind::array); }
  bool EndArray(rapidjson::SizeType elements) { return close(elements), true; }

  // Numbers come as text; RapidJSON wants these to be there all the same.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  bool refuse(const char* reason) {
    refused = reason;
    return false;
  }
  [[nodiscard]] std::uint32_t offset_of(const char* text) const {
    return static_cast<std::uint32_t>(text - tree_.text.data());
  }
  bool scalar(Kind kind, std::uint32_t length, std::uint32_t offset) {
    tree_.nodes.push_back(Node{kind, length, offset});
    return true;
  }
  bool open(Kind kind) {
    if (open_.size() == depth_max_) return refuse("nested too deeply");
    open_.push_back(static_cast<std::uint32_t>(tree_.nodes.size()));
    return scalar(kind, 0, 0);
  }
  std::uint32_t close(std::uint32_t count) {
    const std::uint32_t node = open_.back();
    open_.pop_back();
    tree_.nodes[node] =
        Node{tree_.nodes[node].kind(), count, static_cast<std::uint32_t>(tree_.nodes.size())};
    return node;
  }
  bool has_distinct_names(std::uint32_t object) {
    const std::uint32_t count = tree_.nodes[object].length();
    if (count < 2) return true;
    names_.clear();
    for (std::uint32_t name = object + 1; name < tree_.nodes[object].end();
         name = tree_.behind(name + 1)) {
      names_.push_back(tree_.text_of(name));
    }
    if (count <= kCompareMax) {
      for (auto name = names_.begin(); name != names_.end(); ++name) {
        if (std::find(name + 1, names_.end(), *name) != names_.end()) return false;
      }
      return true;
    }
    std::sort(names_.begin(), names_.end());
    return std::adjacent_find(names_.begin(), names_.end()) == names_.end();
  }

  Tree& tree_;
  std::uint32_t depth_max_;
  std::vector<std::uint32_t> open_;  // at most depth_max_
  std::vector<std::string_view> names_;
};

// Not kParseValidateEncodingFlag: it reads and writes up to three octets behind a text that ends
// within a character, and lets lone surrogates pass. Builder::String judges every decoded string
// instead; outside of strings, anything but ASCII is a syntax error.
constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                            rapidjson::kParseNumbersAsStringsFlag;

}  // namespace

Result<Document, ParseError> Document::parse(std::string_view text, const Limits& limits) {
  const std::size_t size_max = std::min<std::size_t>(limits.size_octets_max, Node::kLengthMax);
  if (text.size() > size_max) return Unexpected{ParseError{"too long", size_max}};
  const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  text.remove_prefix(skipped);

  auto tree = std::make_unique<Tree>();
  tree->text.assign(text);
  rapidjson::InsituStringStream stream{tree->text.data()};
  Builder builder{*tree, limits.depth_max};
  rapidjson::Reader reader;
  const rapidjson::ParseResult read = reader.Parse<kFlags>(stream, builder);

  if (read.IsError()) {
    const char* reason =
        builder.refused != nullptr ? builder.refused : rapidjson::GetParseError_En(read.Code());
    return Unexpected{ParseError{reason, read.Offset() + skipped}};
  }
  // The reader takes an octet 0 for the end of the text.
  if (stream.Tell() != text.size()) {
    return Unexpected{ParseError{"an octet 0 stands in the text", stream.Tell() + skipped}};
  }
  return Document{std::move(tree)};
}

}  // namespace core::json
