#include "rendered.h"

#include <sstream>
#include <variant>

#include "registry/match/syntax/parse.h"

namespace registry::match::syntax {
namespace {

class Renderer {
 public:
  explicit Renderer(const Tree& tree) : tree_(tree) {}

  std::string run() {
    node(tree_.root);
    return out_.str();
  }

 private:
  void node(NodeId id) {
    std::visit([this](const auto& is) { write(is); }, tree_[id].is);
  }
  void nodes(const char* name, const std::vector<NodeId>& ids) {
    out_ << name << '(';
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i > 0) out_ << ' ';
      node(ids[i]);
    }
    out_ << ')';
  }
  void count(std::uint32_t number) {
    if (number == kUnbounded) {
      out_ << "inf";
    } else {
      out_ << number;
    }
  }
  void bounds(std::uint32_t min, std::uint32_t max) {
    out_ << ' ';
    count(min);
    out_ << '-';
    count(max);
  }
  void code_point(char32_t c) {
    if (c > 0x20 && c < 0x7F) {
      out_ << static_cast<char>(c);
    } else {
      out_ << '{' << std::hex << static_cast<std::uint32_t>(c) << std::dec << '}';
    }
  }

  void write(const Empty&) { out_ << "empty"; }
  void write(const Characters& characters) {
    const auto ranges = characters.set.ranges();
    if (ranges.size() == 1 && ranges[0].first == ranges[0].last) {
      code_point(ranges[0].first);
      return;
    }
    out_ << '[';
    for (const auto& range : ranges) {
      code_point(range.first);
      if (range.last > range.first + 1) out_ << '-';
      if (range.last > range.first) code_point(range.last);
    }
    out_ << ']';
  }
  void write(const Sequence& sequence) { nodes("seq", sequence.parts); }
  void write(const Alternation& alternation) { nodes("alt", alternation.branches); }
  void write(const Repeat& repeat) {
    out_ << "repeat(";
    node(repeat.body);
    bounds(repeat.min, repeat.max);
    if (repeat.greed == Greed::lazy) out_ << " lazy";
    if (repeat.greed == Greed::possessive) out_ << " possessive";
    out_ << ')';
  }
  void write(const Group& group) {
    nodes(("group" + std::to_string(group.number)).c_str(), {group.body});
  }
  void write(const Atomic& atomic) { nodes("atomic", {atomic.body}); }
  void write(const Look& look) {
    out_ << (look.negated ? "not_" : "") << (look.behind ? "behind(" : "ahead(");
    node(look.body);
    if (look.behind) bounds(look.length_min, look.length_max);
    out_ << ')';
  }
  void write(const BackReference& reference) {
    out_ << "ref" << reference.group;
    if (reference.rule == CaseRule::ascii) out_ << 'i';
    if (reference.rule == CaseRule::unicode) out_ << 'u';
  }
  void write(const GraphemeCluster&) { out_ << "grapheme"; }
  void write(const Position& position) {
    switch (position.anchor) {
      case Anchor::begin_input:
        out_ << "begin_input";
        break;
      case Anchor::begin_line:
        out_ << "begin_line";
        break;
      case Anchor::begin_line_unix:
        out_ << "begin_line_unix";
        break;
      case Anchor::end_input:
        out_ << "end_input";
        break;
      case Anchor::end_or_terminator:
        out_ << "end_or_terminator";
        break;
      case Anchor::end_or_newline:
        out_ << "end_or_newline";
        break;
      case Anchor::end_line:
        out_ << "end_line";
        break;
      case Anchor::end_line_unix:
        out_ << "end_line_unix";
        break;
      case Anchor::word_boundary:
        out_ << "word_boundary";
        break;
      case Anchor::no_word_boundary:
        out_ << "no_word_boundary";
        break;
      case Anchor::word_boundary_unicode:
        out_ << "word_boundary_unicode";
        break;
      case Anchor::no_word_boundary_unicode:
        out_ << "no_word_boundary_unicode";
        break;
      case Anchor::grapheme_boundary:
        out_ << "grapheme_boundary";
        break;
    }
  }

  const Tree& tree_;
  std::ostringstream out_;
};

}  // namespace

std::string rendered(const Tree& tree) { return Renderer{tree}.run(); }

std::string parsed(std::u32string_view pattern) {
  const auto tree = parse(pattern);
  if (!tree) return "flaw@" + std::to_string(tree.error().position);
  return rendered(*tree);
}

std::string parsed(std::string_view pattern) {
  return parsed(std::u32string{pattern.begin(), pattern.end()});
}

}  // namespace registry::match::syntax
