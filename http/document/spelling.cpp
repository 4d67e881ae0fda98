#include "http/document/spelling.h"

namespace http::document {
namespace {

using representation::Format;
using representation::Namespace;

void make_small(char& letter) {
  if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
}

}  // namespace

std::string spelled(std::string_view name, Format format) {
  std::string result{name};
  if (format == Format::json && !result.empty()) make_small(result[0]);
  return result;
}

std::string spelled_path(std::string_view path, Format format) {
  std::string result{path};
  if (format == Format::xml) return result;
  bool begins = true;
  for (char& letter : result) {
    if (begins) make_small(letter);
    begins = letter == '/';
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

Namespace namespace_of(registry::resource::Space space) {
  switch (space) {
    case registry::resource::Space::vcloud:
      return Namespace::vcloud;
    case registry::resource::Space::vmext:
      return Namespace::vmext;
    case registry::resource::Space::oriel:
      return Namespace::oriel;
  }
  return Namespace::vcloud;
}

}  // namespace http::document
