#include "amqp/access/keeper.h"

namespace amqp::access {

bool Keeper::is_master(std::string_view user) const {
  return snapshot_->user(user) == nullptr && is_master_ && is_master_(user);
}

void Keeper::install(SnapshotPtr next) {
  snapshot_ = std::move(next);
  ++revision_;
  if (tell_) tell_();
}

}  // namespace amqp::access
