#pragma once

namespace core {

/// Writes where and what to standard error and aborts. For broken invariants of our own; bad input
/// is never one.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace core

/// Aborts with the facts when `condition` does not hold: we are wrong, and going on would make it
/// worse.
#define CORE_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::core::check_failed(#condition, __FILE__, __LINE__))
