#include "amqp/broker/headers_match.h"

#include <algorithm>

namespace amqp::broker {
namespace {

bool meets(const wire::FieldValue& wanted, const wire::FieldValue* found) {
  if (found == nullptr) return false;
  if (wanted.type == 'V') return true;
  if (wanted.integer() != nullptr && found->integer() != nullptr) {
    return *wanted.integer() == *found->integer();
  }
  return wanted == *found;
}

}  // namespace

std::optional<HeadersMatch> HeadersMatch::from(const wire::FieldTable& arguments) {
  HeadersMatch match;
  bool with_x = false;
  if (const wire::FieldValue* mode = arguments.find("x-match"); mode != nullptr) {
    const std::string* text = mode->text();
    if (text == nullptr) return std::nullopt;
    with_x = text->ends_with("-with-x");
    const std::string_view base =
        std::string_view{*text}.substr(0, text->size() - (with_x ? 7 : 0));
    if (base != "all" && base != "any") return std::nullopt;
    match.any_ = base == "any";
  }
  for (const wire::Field& field : arguments.fields) {
    if (field.name == "x-match" || (!with_x && field.name.starts_with("x-"))) continue;
    match.wanted_.push_back(field);
  }
  return match;
}

bool HeadersMatch::met_by(const wire::FieldTable& headers) const {
  const auto met = [&](const wire::Field& wanted) {
    return meets(wanted.value, headers.find(wanted.name));
  };
  return any_ ? std::any_of(wanted_.begin(), wanted_.end(), met)
              : std::all_of(wanted_.begin(), wanted_.end(), met);
}

}  // namespace amqp::broker
