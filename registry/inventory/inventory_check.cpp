#include "registry/inventory/inventory_check.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "registry/access/passwords.h"
#include "registry/inventory/inventory_plan.h"
#include "registry/kinds/kinds.h"
#include "registry/service/bootstrap.h"
#include "registry/service/transaction.h"

namespace registry::inventory {
namespace {

using resource::Resources;

/// What is there when an inventory is imported.
service::State founded(const Resources& there) {
  store::Contents contents;
  for (const resource::Kind* kind : kinds::all()) {
    for (const auto& each : there.all(*kind)) contents.resources.push_back(each);
  }
  // Nobody logs in here, so the hashes may be the cheapest.
  constexpr access::PasswordCost kCheapest{1};
  if (const auto founding = service::plan_founding(there, {})) {
    for (auto& each : service::resources_of(*founding, there, kCheapest)) {
      contents.resources.push_back(std::move(each));
    }
  }
  return service::State{std::move(contents)};
}

/// A password's hash takes 26 ms, and says nothing of whether it is allowed.
void spare_hashes(resource::Draft& draft) {
  if (draft.kind == &kinds::user()) {
    auto& password = draft.values.fields[*draft.kind->shape.find("Password")];
    const auto* text = password.get_if<std::string>();
    if (text != nullptr && access::is_usable_password(*text)) {
      password = {};
      draft.values.fields.resize(draft.kind->shape.fields.size());
      draft.values.fields[*draft.kind->shape.find("PasswordHash")] = std::string{"usable"};
    }
  }
  for (resource::Draft& nested : draft.nested) spare_hashes(nested);
}

/// "User[2]" of an item's users; null for what is no item of it.
const Item* item_in(const Item& outer, std::string_view segment) {
  const std::size_t bracket = segment.find('[');
  if (bracket == std::string_view::npos) return nullptr;
  std::size_t number = 0;
  std::from_chars(segment.data() + bracket + 1, segment.data() + segment.size(), number);
  for (const Item& inner : outer.items) {
    if (inner.words->kind().shape.name != segment.substr(0, bracket)) continue;
    if (--number == 0) return &inner;
  }
  return nullptr;
}

/// The member of the file that gives what is at that path of a resource.
std::string member_of(const ItemWords& words, std::string_view path) {
  for (const FieldWord& word : words.fields) {
    if (word.path == path) return std::string{word.member};
  }
  for (const ReferenceWord& word : words.references) {
    if (word.field == path) return std::string{word.member};
  }
  return std::string{path};
}

/// Where in the file a rule was broken: `path` begins at the resource of `item`, and leads through
/// those nested in it.
std::string place_of(const Item& item, std::string_view path) {
  const Item* at = &item;
  while (true) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const Item* inner = item_in(*at, path.substr(0, path.find('/')));
    if (inner == nullptr) break;
    at = inner;
    path.remove_prefix(std::min(path.find('/'), path.size()));
  }
  return path.empty() ? at->place : at->place + "." + member_of(*at->words, path);
}

std::optional<InventoryError> check(const std::vector<Item>& inventory, const Resources& there,
                                    UnknownNames unknown) {
  const service::State state = founded(there);
  auto plan = plan_inventory(inventory, *state.resources(), unknown);
  if (!plan) return std::move(plan).error();
  service::Transaction transaction{state, core::WallTime{}};
  for (std::size_t i = 0; i < plan->commands.size(); ++i) {
    auto& command = std::get<service::CreateResource>(plan->commands[i]);
    spare_hashes(command.draft);
    const auto done = transaction.run(command);
    if (done) continue;
    return InventoryError{place_of(*plan->items[i], done.error().path) + ": " + done.error().text};
  }
  return std::nullopt;
}

}  // namespace

std::optional<InventoryError> check_inventory(const std::vector<Item>& inventory,
                                              const Resources& there) {
  return check(inventory, there, UnknownNames::refused);
}

std::optional<InventoryError> check_inventory(const std::vector<Item>& inventory) {
  return check(inventory, {}, UnknownNames::believed);
}

}  // namespace registry::inventory
