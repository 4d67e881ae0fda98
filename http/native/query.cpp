#include "http/native/query.h"

#include <algorithm>

#include "core/base/hex.h"

namespace http::native {

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      result.push_back(text[i]);
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = core::hex_digit_value(text[i + 1]);
    const int low = core::hex_digit_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    result.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return result;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string result;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      result += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    result += '%';
    result += kDigits[octet >> 4U];
    result += kDigits[octet & 0xFU];
  }
  return result;
}

Query::Query(const std::optional<std::string>& query) {
  std::string_view rest = query ? std::string_view{*query} : std::string_view{};
  while (!rest.empty()) {
    if (parameters_.size() == kParametersMax) {
      whole_ = false;
      return;
    }
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals));
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) {
      whole_ = false;
    } else if (!name->empty()) {
      parameters_.push_back({*std::move(name), *std::move(value)});
    }
  }
}

const std::string* Query::find(std::string_view name) const {
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) return &parameter.value;
  }
  return nullptr;
}

std::string_view Query::doubled(std::span<const std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto is_it = [&](const Parameter& each) { return each.name == name; };
    if (std::count_if(parameters_.begin(), parameters_.end(), is_it) > 1) return name;
  }
  return {};
}

std::string_view Query::other_than(std::span<const std::string_view> names) const {
  for (const Parameter& each : parameters_) {
    if (std::find(names.begin(), names.end(), each.name) == names.end()) return each.name;
  }
  return {};
}

}  // namespace http::native
