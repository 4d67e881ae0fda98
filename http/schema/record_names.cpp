#include "http/schema/record_names.h"

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

}  // namespace

std::string record_name(const Query& query) {
  return query.record.empty() ? capitalised(query.name) + "Record" : std::string{query.record};
}
std::string references_name(const Query& query) { return capitalised(query.name) + "References"; }
std::string reference_name(const Query& query) { return capitalised(query.name) + "Reference"; }

}  // namespace http::schema
