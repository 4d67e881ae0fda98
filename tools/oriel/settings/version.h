#pragma once

#include <string>

namespace oriel {

/// `oriel 0.1.0` and a line for each library with the version that is loaded now.
[[nodiscard]] std::string version_text();

}  // namespace oriel
