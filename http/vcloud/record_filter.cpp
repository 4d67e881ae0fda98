#include "http/vcloud/record_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "http/native/query.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/time_text.h"

namespace http::vcloud {
namespace {

using registry::resource::Kind;
using registry::resource::Reference;
using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Value;

constexpr std::string_view kSpecial = "(),;\\";

bool is_special(char c) { return kSpecial.find(c) != std::string_view::npos; }

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional{number} : std::nullopt;
}

std::optional<bool> truth_in(const CaselessText& text) {
  if (text.is_same("true") || text.is_same("1")) return true;
  if (text.is_same("false") || text.is_same("0")) return false;
  return std::nullopt;
}

std::optional<core::WallTime> time_in(std::string_view text) {
  if (const auto time = registry::resource::parse_time(text)) return time;
  return registry::resource::parse_time(std::string{text}.append("T00:00:00Z"));
}

/// A value as records write it, in itself or in `made`; what no record can show is the empty text.
std::string_view text_of(const Value& value, std::string& made) {
  if (const auto* text = value.get_if<std::string>()) return *text;
  if (const auto* truth = value.get_if<bool>()) return *truth ? "true" : "false";
  if (const auto* number = value.get_if<std::int64_t>()) return made = std::to_string(*number);
  if (const auto* time = value.get_if<core::WallTime>()) {
    return made = registry::resource::time_text(*time);
  }
  return {};
}

template <typename T>
int compare(const T& left, const T& right) {
  return left < right ? -1 : right < left ? 1 : 0;
}

}  // namespace

struct RecordFilter::Asked {
  const Resource& resource;
  const Resources& there;
};

RecordFilter::Test::Test(std::string_view text)
    : value(text),
      name(text),
      number(number_in(text)),
      truth(truth_in(value)),
      time(time_in(text)) {}

/// Reads an expression from left to right. After a fault it stops, and nothing it gives counts.
class RecordFilter::Parser {
 public:
  Parser(std::string_view text, Spelling spelling, const QueryType& type)
      : rest_(text), spelling_(spelling), type_(type) {}

  core::Result<RecordFilter, std::string> parse() {
    if (rest_.size() > kSizeMax) return core::Unexpected{std::string{"filter is too long."}};
    Node root = any();
    if (fault_.empty() && !rest_.empty()) fail("has a ) without its (");
    if (!fault_.empty()) return core::Unexpected{"filter " + fault_ + "."};
    return RecordFilter{type_, std::move(root)};
  }

 private:
  void fail(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
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
    if (++tests_ > kTestsMax) {
      fail("has too many parts");
      return Test{};
    }
    const std::string_view name = rest_.substr(0, rest_.find_first_of("=!(),;"));
    rest_.remove_prefix(name.size());
    const auto op = take_operator();
    if (name.empty() || !op) {
      fail("must be made of parts such as name==value");
      return Test{};
    }
    const std::size_t attribute = index_of(name);
    const std::string text = value();
    Test test{text};
    test.attribute = attribute;
    test.op = *op;
    if (const auto wanted = what_it_lacks(test, text); !wanted.empty()) {
      fail("has \"" + text + "\" as the value of " + std::string{name} + ", which must be " +
           std::string{wanted});
    }
    return test;
  }

  /// What the value would have to be to be compared with those of its attribute; empty: it can be.
  std::string_view what_it_lacks(const Test& test, std::string_view text) const {
    using registry::resource::FieldType;
    if (test.attribute == type_.size()) return {};
    const bool orders = test.op != Operator::equal && test.op != Operator::unequal;
    if (text.empty() && !orders) return {};
    if (test.op == Operator::equal && text.find('*') != std::string_view::npos) return {};
    switch (type_.type_of(test.attribute)) {
      case FieldType::boolean:
        return test.truth ? "" : "true or false";
      case FieldType::integer:
        return test.number ? "" : "an integer";
      case FieldType::time:
        return test.time ? "" : "a date or a date and time, such as 2026-01-31T12:00:00.000Z";
      default:
        return {};
    }
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
    if (const auto found = type_.find(name)) return *found;
    if (name != "id" && name != "href") {
      fail("names \"" + std::string{name} + "\", which these records do not have; they have " +
           type_.listed());
    }
    return type_.size();
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
  const QueryType& type_;
  std::string fault_;
  std::size_t tests_ = 0;
  std::size_t depth_ = 0;
};

core::Result<RecordFilter, std::string> RecordFilter::parse(std::string_view text,
                                                            Spelling spelling,
                                                            const QueryType& type) {
  return Parser{text, spelling, type}.parse();
}

bool RecordFilter::admits(const Resource& resource, const Resources& there) const {
  return holds(root_, Asked{resource, there});
}

std::optional<core::Uuid> RecordFilter::parent() const {
  if (root_.kind == Node::Kind::test) return parent(root_.test);
  if (root_.kind == Node::Kind::any) return std::nullopt;
  for (const Node& part : root_.parts) {
    const auto id = part.kind == Node::Kind::test ? parent(part.test) : std::nullopt;
    if (id) return id;
  }
  return std::nullopt;
}

std::optional<core::Uuid> RecordFilter::parent(const Test& test) const {
  if (test.op != Operator::equal || test.attribute == type_->size()) return std::nullopt;
  return type_->is_parent(test.attribute) ? test.name.id() : std::nullopt;
}

/// Recurses at most twice kDepthMax deep, which the parser has judged.
bool RecordFilter::holds(const Node& node, const Asked& asked) const {
  const auto part_holds = [&](const Node& part) { return holds(part, asked); };
  switch (node.kind) {
    case Node::Kind::test:
      return holds(node.test, asked);
    case Node::Kind::all:
      return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
    case Node::Kind::any:
      break;
  }
  return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
}

/// References have no order.
bool RecordFilter::holds(const Test& test, const Kind* kind, const Reference& reference) {
  if (test.op != Operator::equal && test.op != Operator::unequal) return false;
  if (kind == nullptr) {
    const bool named = test.op == Operator::equal ? test.value.is_like(reference.href)
                                                  : test.name.names(reference.href);
    return named == (test.op == Operator::equal);
  }
  // It stands for every resource of its kind (registry::resource::Attribute).
  if (reference.id.is_nil()) return test.op == Operator::equal;
  if (test.op == Operator::equal) return test.name.is_like_name_of(*kind, reference.id);
  return !test.name.names(*kind, reference.id);
}

bool RecordFilter::holds(const Test& test, const Asked& asked) const {
  if (test.attribute == type_->size()) {
    return holds(test, &type_->kind(), Reference{asked.resource.id, {}, {}, {}, {}});
  }
  Value computed;
  const Value& value = type_->value(asked.resource, test.attribute, asked.there, computed);
  if (const auto* reference = value.get_if<Reference>()) {
    return holds(test, registry::kinds::find(reference->kind), *reference);
  }
  if (const auto* number = value.get_if<std::int64_t>(); number != nullptr && test.number) {
    return holds(test.op, compare(*number, *test.number));
  }
  if (const auto* truth = value.get_if<bool>(); truth != nullptr && test.truth) {
    return holds(test.op, compare(*truth, *test.truth));
  }
  if (const auto* time = value.get_if<core::WallTime>(); time != nullptr && test.time) {
    return holds(test.op, compare(*time, *test.time));
  }
  std::string made;
  const std::string_view text = text_of(value, made);
  if (test.op == Operator::equal) return test.value.is_like(text);
  if (test.op == Operator::unequal) return !test.value.is_same(text);
  // Nothing is neither more nor less than a number or a time.
  const auto type = type_->type_of(test.attribute);
  if (type != registry::resource::FieldType::text) return false;
  return holds(test.op, test.value.order_of(text));
}

bool RecordFilter::holds(Operator op, int order) {
  switch (op) {
    case Operator::equal:
      return order == 0;
    case Operator::unequal:
      return order != 0;
    case Operator::greater:
      return order > 0;
    case Operator::not_less:
      return order >= 0;
    case Operator::less:
      return order < 0;
    case Operator::not_greater:
      break;
  }
  return order <= 0;
}

}  // namespace http::vcloud
