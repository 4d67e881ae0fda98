#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http::schema {

/// An XML Schema document as it is written, indented for people. Names and values are ours: only
/// what XML demands is escaped.
class XsdText {
 public:
  struct Attribute {
    std::string_view name;
    std::string value;
  };
  using Attributes = std::vector<Attribute>;

  /// An element with nothing in it. Names are those of XML Schema, without a prefix.
  void empty(std::string_view name, const Attributes& attributes);
  void open(std::string_view name, const Attributes& attributes = {});
  void close();
  /// Lines that are schema already, `xs:` being XML Schema. Each gets the indentation of here.
  void lines(std::string_view text);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void begin(std::string_view name, const Attributes& attributes);
  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace http::schema
