#include "http/vcloud/record_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "http/native/call.h"
#include "http/native/query.h"

namespace http::vcloud {
namespace {

using representation::Scalar;

constexpr std::string_view kSpecial = "(),;\\";

bool is_special(char c) { return kSpecial.find(c) != std::string_view::npos; }

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = lowered(c);
  return result;
}

/// Whether `text` is `pattern`, in which `*` is any text. Goes back to the last star only, so it
/// takes at most the product of the two lengths.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::optional<std::pair<std::size_t, std::size_t>> star;  // in the pattern, and in the text
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = {p++, t};
    } else if (p < pattern.size() && lowered(pattern[p]) == lowered(text[t])) {
      ++p;
      ++t;
    } else if (star) {
      p = star->first + 1;
      t = ++star->second;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string text_of(const Scalar& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return {};
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional{number} : std::nullopt;
}

/// Below 0, 0 or above 0; nullopt for a number and what is none.
std::optional<int> compare(const Scalar& left, std::string_view right) {
  if (const auto* number = std::get_if<std::int64_t>(&left)) {
    const auto other = number_in(right);
    if (!other) return std::nullopt;
    return *number < *other ? -1 : *number > *other ? 1 : 0;
  }
  return lowered(text_of(left)).compare(lowered(right));
}

template <typename Equal>
bool is_named(const ReferenceValue& reference, std::string_view value, Equal equal) {
  const std::string_view urn = reference.urn;
  return equal(reference.href, value) || equal(urn, value) ||
         equal(urn.substr(urn.rfind(':') + 1), value);
}

}  // namespace

/// Reads an expression from left to right. After a fault it stops, and nothing it gives counts.
class RecordFilter::Parser {
 public:
  Parser(std::string_view text, Spelling spelling, const RecordKind& kind)
      : rest_(text), spelling_(spelling), kind_(kind) {}

  core::Result<RecordFilter, std::string> parse() {
    if (rest_.size() > kSizeMax) return core::Unexpected{std::string{"filter is too long."}};
    Node root = any();
    if (fault_.empty() && !rest_.empty()) fail("has a ) without its (");
    if (!fault_.empty()) return core::Unexpected{"filter " + fault_ + "."};
    return RecordFilter{kind_, std::move(root)};
  }

 private:
  void fail(std::string_view what) {
    if (fault_.empty()) fault_ = what;
    rest_ = {};
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  Node any() {
    return parts(Node::Kind::any, ",", [this] { return all(); });
  }
  Node all() {
    return parts(Node::Kind::all, ";", [this] { return term(); });
  }

  template <typename Part>
  Node parts(Node::Kind kind, std::string_view separator, Part part) {
    Node node{kind, {}, {}};
    do {
      node.parts.push_back(part());
    } while (take(separator));
    return node.parts.size() == 1 ? std::move(node.parts.front()) : node;
  }

  Node term() {
    if (!take("(")) return Node{Node::Kind::test, test(), {}};
    if (++depth_ > kDepthMax) {
      fail("has too many parentheses");
      return {};
    }
    Node node = any();
    if (!take(")")) fail("has a ( without its )");
    --depth_;
    return node;
  }

  Test test() {
    Test test;
    if (++tests_ > kTestsMax) {
      fail("has too many parts");
      return test;
    }
    const std::string_view name = rest_.substr(0, rest_.find_first_of("=!(),;"));
    rest_.remove_prefix(name.size());
    const auto op = take_operator();
    if (name.empty() || !op) {
      fail("is to be made of parts such as name==value");
      return test;
    }
    test.attribute = index_of(name);
    test.op = *op;
    test.value = value();
    return test;
  }

  std::optional<Operator> take_operator() {
    constexpr std::array<std::pair<std::string_view, Operator>, 6> kOperators{{
        {"==", Operator::equal},
        {"!=", Operator::unequal},
        {"=gt=", Operator::greater},
        {"=ge=", Operator::not_less},
        {"=lt=", Operator::less},
        {"=le=", Operator::not_greater},
    }};
    for (const auto& [spelled, op] : kOperators) {
      if (take(spelled)) return op;
    }
    return std::nullopt;
  }

  std::size_t index_of(std::string_view name) {
    const auto& names = kind_.attributes;
    if (name == "id") return names.size();
    if (name == "href") return names.size() + 1;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) fail("names an attribute that these records do not have");
    return static_cast<std::size_t>(found - names.begin());
  }

  /// Up to `,`, `;` or the `)` that closes a term. A parenthesis that opens within the value
  /// belongs to it together with its partner: pyvcloud writes names as they are below 35.0.
  std::string value() {
    std::string value;
    std::size_t open = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '\\' && spelling_ == Spelling::escaped && rest_.size() > 1 && is_special(rest_[1])) {
        value += rest_[1];
        rest_.remove_prefix(2);
        continue;
      }
      if (c == ',' || c == ';' || (c == ')' && open == 0)) break;
      if (c == '(') ++open;
      if (c == ')') --open;
      value += c;
      rest_.remove_prefix(1);
    }
    if (spelling_ != Spelling::encoded) return value;
    auto decoded = native::percent_decoded(value);
    if (!decoded) fail("has a value that is not percent-encoded");
    return std::move(decoded).value_or(std::string{});
  }

  std::string_view rest_;
  Spelling spelling_;
  const RecordKind& kind_;
  std::string fault_;
  std::size_t tests_ = 0;
  std::size_t depth_ = 0;
};

core::Result<RecordFilter, std::string> RecordFilter::parse(std::string_view text,
                                                            Spelling spelling,
                                                            const RecordKind& kind) {
  return Parser{text, spelling, kind}.parse();
}

bool RecordFilter::admits(const Record& record) const { return holds(root_, record); }

/// Recurses at most twice kDepthMax deep, which the parser has judged.
bool RecordFilter::holds(const Node& node, const Record& record) const {
  const auto part_holds = [&](const Node& part) { return holds(part, record); };
  switch (node.kind) {
    case Node::Kind::test:
      return holds(node.test, record);
    case Node::Kind::all:
      return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
    case Node::Kind::any:
      break;
  }
  return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
}

bool RecordFilter::holds(const Test& test, const Record& record) const {
  const auto same = [](std::string_view a, std::string_view b) { return lowered(a) == lowered(b); };
  const auto own = [&] {
    return ReferenceValue{record.href, native::urn(kind_->urn_kind, record.id)};
  };
  const Record::Value value =
      test.attribute < record.values.size() ? record.values[test.attribute] : own();

  if (const auto* reference = std::get_if<ReferenceValue>(&value)) {
    if (test.op == Operator::equal) return is_named(*reference, test.value, is_like);
    if (test.op == Operator::unequal) return !is_named(*reference, test.value, same);
    return false;  // references have no order
  }
  const Scalar& scalar = std::get<Scalar>(value);
  if (test.op == Operator::equal) return is_like(text_of(scalar), test.value);
  if (test.op == Operator::unequal) return !same(text_of(scalar), test.value);
  const auto order = compare(scalar, test.value);
  if (!order) return false;
  switch (test.op) {
    case Operator::greater:
      return *order > 0;
    case Operator::not_less:
      return *order >= 0;
    case Operator::less:
      return *order < 0;
    default:
      return *order <= 0;
  }
}

}  // namespace http::vcloud
