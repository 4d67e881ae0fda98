#pragma once

#include <string>

namespace core::sqlite {

/// Why the database did not do it: what it was about, and what stood in the way.
struct Failure {
  std::string act;
  std::string reason;
};

}  // namespace core::sqlite
