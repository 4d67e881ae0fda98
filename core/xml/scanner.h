#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/xml/document.h"

namespace core::xml {

/// A place in a text and what is wrong there.
struct Fault {
  std::size_t offset = 0;
  std::string reason;
};

/// Judges a whole document before RapidXML sees it: well-formed (XML 1.0 §2), within the limits,
/// and without the parts we refuse. It holds a stack of open names and does not recurse.
///
/// It works on the copy that RapidXML will read and does what RapidXML leaves out there: white
/// space in attribute values becomes blanks (XML 1.0 §3.3.3). `text` is valid UTF-8 made of XML
/// characters, with its line ends already normalized, and outlives the scanner.
class Scanner {
 public:
  Scanner(std::string& text, const Limits& limits) : text_(text), limits_(limits) {}

  /// nullopt: the document is sound.
  [[nodiscard]] std::optional<Fault> run();

 private:
  // Each reads one thing at position_ and moves past it; false once fault_ is set.
  bool declaration();
  bool pseudo_attribute(std::string_view name, std::string_view& value);
  bool markup();
  bool start_tag();
  bool end_tag();
  bool comment();
  bool cdata();
  bool text();
  bool attribute();
  bool reference();
  bool name(std::string_view& result);

  [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }
  [[nodiscard]] bool looking_at(std::string_view expected) const {
    return std::string_view{text_}.substr(position_).starts_with(expected);
  }
  bool expect(std::string_view expected, std::string_view reason);
  bool skip_space();  ///< Whether there was any.
  bool fail(std::string_view reason) { return fail_at(position_, reason); }
  bool fail_at(std::size_t offset, std::string_view reason);

  std::string& text_;
  const Limits& limits_;
  std::size_t position_ = 0;
  std::vector<std::string_view> open_;  // names of the elements we are in, at most limits_.depth
  std::size_t elements_ = 0;
  std::size_t attributes_ = 0;  // of all elements so far
  bool root_seen_ = false;
  std::optional<Fault> fault_;
};

}  // namespace core::xml
