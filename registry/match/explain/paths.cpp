#include "registry/match/explain/paths.h"

#include <algorithm>

namespace registry::match::explain {
namespace {

using core::unicode::CodePointRange;
using core::unicode::CodePointSet;

CodePointSet make_path_octets() {
  std::vector<CodePointRange> ranges;
  for (const char c : kPathOctets) {
    const auto octet = static_cast<char32_t>(static_cast<unsigned char>(c));
    ranges.push_back({octet, octet});
  }
  return CodePointSet{ranges};
}

}  // namespace

bool is_path(std::string_view path) {
  return path.starts_with('/') && std::all_of(path.begin(), path.end(), [](char c) {
           return is_path_octet(static_cast<char32_t>(static_cast<unsigned char>(c)));
         });
}

const CodePointSet& path_octets() {
  static const CodePointSet octets = make_path_octets();
  return octets;
}

bool has_every_path_octet(const CodePointSet& set) { return path_octets().subtract(set).empty(); }

bool has_no_path_octet(const CodePointSet& set) { return path_octets().intersect(set).empty(); }

}  // namespace registry::match::explain
