#include "http/schema/record_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace http::schema {
namespace {

using registry::resource::Query;

std::string capitalised(std::string_view name) {
  std::string text{name};
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

/// Clients know these from their schema, where they are not called like the records.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kReferences{{
    {"adminUser", "UserReference"},
    {"adminTask", "TaskReference"},
    {"adminVApp", "VAppReference"},
    {"adminVM", "VMReference"},
    {"serviceResource", "ServiceResourceResourceReference"},
}};

}  // namespace

std::string record_name(const Query& query) {
  return query.record.empty() ? capitalised(query.name) + "Record" : std::string{query.record};
}

std::string reference_name(const Query& query) {
  constexpr std::string_view kRecord = "Record";
  const auto* other = std::find_if(kReferences.begin(), kReferences.end(),
                                   [&](const auto& each) { return each.first == query.name; });
  if (other != kReferences.end()) return std::string{other->second};
  std::string name = record_name(query);
  if (name.ends_with(kRecord)) name.resize(name.size() - kRecord.size());
  return name + "Reference";
}

std::string references_name(const Query& query) { return reference_name(query) + "s"; }

}  // namespace http::schema
