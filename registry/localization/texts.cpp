#include "registry/localization/texts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/encoding/utf8.h"
#include "registry/model/rules.h"

namespace registry::localization {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r";

/// Keys and values, seen in the texts that they come from.
using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Takes the first line off the front of `rest`.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return line;
}

/// Of a line, or of the first of several.
std::string_view key_of(std::string_view line) { return line.substr(0, line.find('=')); }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\t') || octet == 0x7F;
  });
}

/// What is wrong with a line that has a key; empty: nothing.
std::string_view fault(std::string_view key, std::string_view value) {
  if (key.empty()) return "has no key";
  if (model::characters(key) > kTextMax) return "has a key of more than 2000 characters";
  if (model::characters(value) > kTextMax) return "has a value of more than 2000 characters";
  if (has_control(key) || has_control(value)) return "has control characters";
  return {};
}

/// Sorted by key; of several pairs with one key the last one counts.
std::string joined(Pairs pairs) {
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string texts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i + 1 < pairs.size() && pairs[i + 1].first == pairs[i].first) continue;
    texts.append(pairs[i].first).append("=").append(pairs[i].second).append("\n");
  }
  return texts;
}

/// The line around `at`, as its first octet and the one behind its line feed.
struct Line {
  std::size_t begin;
  std::size_t end;
};
Line line_around(std::string_view texts, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : texts.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return {begin, texts.find('\n', begin) + 1};
}

}  // namespace

core::Result<std::string, BundleError> read_texts(std::string_view file) {
  if (!core::is_utf8(file)) return core::Unexpected{BundleError{"It is not UTF-8."}};
  if (file.starts_with(kByteOrderMark)) file.remove_prefix(kByteOrderMark.size());
  Pairs pairs;
  for (std::size_t number = 1; !file.empty(); ++number) {
    const std::string_view line = trimmed(take_line(file));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t equals = line.find('=');
    const bool has_value = equals != std::string_view::npos;
    const std::string_view key = trimmed(key_of(line));
    const std::string_view value = has_value ? trimmed(line.substr(equals + 1)) : line;
    const std::string_view wrong = has_value ? fault(key, value) : "has no '='";
    if (!wrong.empty()) {
      return core::Unexpected{
          BundleError{"Line " + std::to_string(number) + " " + std::string{wrong} + "."}};
    }
    pairs.emplace_back(key, value);
    if (pairs.size() > kTextsMax) {
      return core::Unexpected{
          BundleError{"It has more than " + std::to_string(kTextsMax) + " texts."}};
    }
  }
  return joined(std::move(pairs));
}

std::string merge_texts(std::string_view texts, std::string_view more) {
  std::string merged;
  merged.reserve(texts.size() + more.size());
  while (!texts.empty() && !more.empty()) {
    const std::string_view here = key_of(texts);
    const std::string_view next = key_of(more);
    if (here == next) take_line(texts);
    merged.append(take_line(here < next ? texts : more)).append("\n");
  }
  return merged.append(texts).append(more);
}

std::optional<std::string_view> find_text(std::string_view texts, std::string_view key) {
  // [begin, end) are whole lines, and the one that is looked for is in there if it is anywhere.
  std::size_t begin = 0;
  std::size_t end = texts.size();
  while (begin < end) {
    const Line line = line_around(texts, begin + (end - begin) / 2);
    const std::string_view text = texts.substr(line.begin, line.end - line.begin - 1);
    const std::string_view here = key_of(text);
    if (here == key) return text.substr(here.size() + 1);
    if (here < key) {
      begin = line.end;
    } else {
      end = line.begin;
    }
  }
  return std::nullopt;
}

std::size_t count_texts(std::string_view texts) {
  return static_cast<std::size_t>(std::count(texts.begin(), texts.end(), '\n'));
}

}  // namespace registry::localization
