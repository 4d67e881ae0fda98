#include "registry/localization/locale.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace registry::localization {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_until(std::string_view& rest, char mark) {
  const std::size_t end = rest.find(mark);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return part;
}

/// The weight in thousandths; 1000 when none is given, 0 for what is no weight.
int weight_of(std::string_view parameters) {
  const std::string_view parameter = core::trimmed(parameters);
  if (parameter.empty()) return 1000;
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return 1000;
  const std::string_view digits = parameter.substr(2);
  if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 0;
  int weight = digits[0] == '1' ? 1000 : 0;
  int unit = 100;
  for (std::size_t i = 2; i < digits.size() && i < 5 && is_digit(digits[i]); ++i, unit /= 10) {
    weight += (digits[i] - '0') * unit;
  }
  return std::min(weight, 1000);
}

/// `fr-fr` as fr_FR: the language in small letters, what stands for a country in capitals.
std::string java_name(std::string_view tag) {
  std::string name;
  for (bool first = true; !tag.empty(); first = false) {
    std::string part{take_until(tag, '-')};
    if (first || part.size() != 2) {
      std::transform(part.begin(), part.end(), part.begin(), core::ascii_lower);
      if (!first && part.size() == 4) part[0] = core::ascii_upper(part[0]);  // a script: Hans
    } else {
      std::transform(part.begin(), part.end(), part.begin(), core::ascii_upper);
    }
    if (!first) name += '_';
    name += part;
  }
  return name;
}

}  // namespace

bool is_locale(std::string_view text) {
  constexpr std::size_t kLocaleMax = 32;
  if (text.size() > kLocaleMax || text.ends_with('_')) return false;
  const std::string_view language = take_until(text, '_');
  if (language.size() < 2 || language.size() > 3) return false;
  if (!std::all_of(language.begin(), language.end(), is_letter)) return false;
  while (!text.empty()) {
    const std::string_view part = take_until(text, '_');
    if (part.size() < 2 || part.size() > 8) return false;
    const auto is_fine = [](char c) { return is_letter(c) || is_digit(c); };
    if (!std::all_of(part.begin(), part.end(), is_fine)) return false;
  }
  return true;
}

std::string preferred_locale(std::string_view accept_language) {
  std::string best;
  int best_weight = 0;
  while (!accept_language.empty()) {
    std::string_view item = take_until(accept_language, ',');
    const std::string_view tag = core::trimmed(take_until(item, ';'));
    const int weight = weight_of(item);
    if (weight <= best_weight) continue;
    std::string name = java_name(tag);
    if (!is_locale(name)) continue;  // also "*"
    best = std::move(name);
    best_weight = weight;
  }
  return best;
}

}  // namespace registry::localization
