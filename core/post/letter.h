#pragma once

#include <cstdint>

#include "core/base/inline_function.h"
#include "core/base/strong.h"

namespace core {

/// One pinned thread of the house and all that lives on it. Shard 0 also holds the control plane.
using ShardId = Strong<struct ShardIdTag, std::uint16_t>;
inline constexpr ShardId kControlShard{0};
inline constexpr std::uint16_t kShardsMax = 64;

/// What one shard asks another to do: runs once, on the receiving shard. Two cache lines, no
/// allocation; captures that are larger go behind one pointer.
using Letter = InlineFunction<void(), 112>;

}  // namespace core
