#include "registry/service/decide.h"

#include <utility>
#include <variant>

#include "registry/service/transaction.h"

namespace registry::service {
namespace {

template <typename Command>
Decided decide_one(const State& state, const Command& command, core::WallTime now) {
  Transaction transaction{state, now};
  auto done = transaction.run(command);
  if (!done) return core::Unexpected{std::move(done).error()};
  return std::move(transaction).finish(*done);
}

}  // namespace

Decided decide(const State& state, const CreateResource& command, core::WallTime now) {
  return decide_one(state, command, now);
}
Decided decide(const State& state, const ChangeResource& command, core::WallTime now) {
  return decide_one(state, command, now);
}
Decided decide(const State& state, const DeleteResource& command, core::WallTime now) {
  return decide_one(state, command, now);
}

Decided decide(const State& state, const ChangeSeveral& command, core::WallTime now) {
  Transaction transaction{state, now};
  core::Uuid last;
  for (const auto& one : command.commands) {
    auto done = std::visit([&](const auto& each) { return transaction.run(each); }, one);
    if (!done) return core::Unexpected{std::move(done).error()};
    last = *done;
  }
  return std::move(transaction).finish(last);
}

}  // namespace registry::service
