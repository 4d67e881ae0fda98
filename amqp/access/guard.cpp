#include "amqp/access/guard.h"

namespace amqp::access {

Guard::Guard(const Keeper& keeper, std::string_view user, std::string_view vhost)
    : keeper_(&keeper),
      user_(user),
      vhost_(vhost),
      is_user_(keeper.snapshot()->user(user) != nullptr) {
  look_up();
}

void Guard::look_up() {
  const Snapshot& snapshot = *keeper_->snapshot();
  revision_ = keeper_->revision();
  master_ = !is_user_ && keeper_->is_master(user_);
  // Permissions outlive nobody: a user who is gone has none, even if somebody left them behind.
  const bool known = is_user_ && snapshot.user(user_) != nullptr;
  grant_ = known ? snapshot.grant(vhost_, user_) : nullptr;
  topics_ = known ? snapshot.topics_of(vhost_, user_) : nullptr;
  exception_.clear();
  for (const Right right : {Right::configure, Right::write, Right::read}) {
    const bool all = grant_ != nullptr && grant_->pattern(right).matches_all();
    all_[index(right)] = master_ || all;
    allowed_[index(right)].clear();
  }
}

bool Guard::may_enter() {
  refresh();
  return master_ || grant_ != nullptr;
}

bool Guard::ask(Right right, std::string_view name) {
  if (grant_ == nullptr || !grant_->pattern(right).matches(name)) return false;
  allowed_[index(right)] = name;
  return true;
}

bool Guard::may_topic(Right right, std::string_view exchange, std::string_view key) {
  refresh();
  if (topics_ == nullptr) return true;
  const auto found = topics_->find(exchange);
  if (found == topics_->end()) return true;
  const TopicGrant* topic = found->second.get();
  return (right == Right::read ? topic->read : topic->write).matches(key);
}

}  // namespace amqp::access
