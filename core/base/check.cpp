#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace core {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "oriel: broken invariant at %s:%d: %s\n", file, line, condition);
  std::abort();
}

}  // namespace core
