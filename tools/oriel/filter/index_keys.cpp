#include "tools/oriel/filter/index_keys.h"

#include "registry/match/explain/subject.h"
#include "registry/match/literals.h"
#include "registry/match/pattern.h"

namespace oriel::filter {
namespace {

static_assert(registry::match::explain::kStepsMax == registry::match::kLookupStepsMax,
              "what is said to be too costly is what the gateway refuses");

void add(std::string& text, std::string_view what, const std::string& literal) {
  if (literal.empty()) return;
  if (!text.empty()) text += ", ";
  text.append(what).append(" \"").append(literal).append("\"");
}

std::string words_of(const registry::match::LiteralKey& key) {
  std::string text;
  if (key.exact) {
    add(text, "is", key.prefix);
  } else {
    add(text, "begins with", key.prefix);
    add(text, "holds", key.inner);
    add(text, "ends with", key.suffix);
  }
  if (key.folded && !text.empty()) text += ", in any case";
  return text;
}

}  // namespace

std::vector<std::string> index_keys(const registry::match::syntax::Tree& tree) {
  std::vector<std::string> keys;
  for (const registry::match::LiteralKey& key : registry::match::literal_keys(tree)) {
    std::string text = words_of(key);
    if (text.empty()) return {};
    keys.push_back(std::move(text));
  }
  return keys;
}

}  // namespace oriel::filter
