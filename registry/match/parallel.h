#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "registry/match/matcher.h"

namespace registry::match {

/// Runs work(0) to work(parts - 1), perhaps several at once, and comes back when all are done.
/// Rooms that decide know no threads; whoever has some lends them.
using InParallel =
    std::function<void(std::size_t parts, const std::function<void(std::size_t)>& work)>;

/// make_matcher for many filters at once: compiling takes nearly all of its time, and no pattern
/// needs another.
[[nodiscard]] std::shared_ptr<const Matcher> make_matcher(std::span<const Filter> filters,
                                                          const InParallel& in_parallel);

}  // namespace registry::match
