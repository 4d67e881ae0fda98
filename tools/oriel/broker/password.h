#pragma once

#include <istream>
#include <string>

#include "core/base/result.h"

namespace oriel::broker {

/// The first line, without its end; the error is a sentence.
[[nodiscard]] core::Result<std::string, std::string> read_password(std::istream& from);

/// Asks on the terminal, twice, without echo; what was typed must be the same. Without a terminal
/// that is an error.
[[nodiscard]] core::Result<std::string, std::string> ask_password();

}  // namespace oriel::broker
