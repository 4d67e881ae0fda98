#include "registry/service/state.h"

#include <utility>
#include <variant>

namespace registry::service {

State::State(store::Contents contents)
    : resources_(std::make_shared<const resource::Resources>(std::move(contents.resources))) {
  for (const store::Deleted& deleted : contents.deleted) remember(deleted);
}

const store::Deleted* State::deleted(const core::Uuid& id) const {
  const auto found = deleted_.find(id);
  return found == deleted_.end() ? nullptr : &found->second;
}

void State::assume(resource::Resources resources) {
  resources_ = std::make_shared<const resource::Resources>(std::move(resources));
}

void State::take_back(std::shared_ptr<const resource::Resources> before) {
  resources_ = std::move(before);
}

void State::confirm(std::span<const store::Change> changes) {
  for (const store::Change& change : changes) {
    if (const auto* gone = std::get_if<store::RememberDeleted>(&change)) remember(gone->deleted);
  }
}

void State::remember(const store::Deleted& deleted) {
  if (!deleted_.emplace(deleted.id, deleted).second) return;
  deleted_order_.push_back(deleted.id);
  if (deleted_order_.size() <= store::kDeletedMax) return;
  deleted_.erase(deleted_order_.front());
  deleted_order_.pop_front();
}

}  // namespace registry::service
