#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/xml/scanner.h"
#include "core/xml/tree.h"

namespace core::xml {

/// The tree of a document that the scanner has passed, by way of RapidXML; refuses what breaks the
/// rules of namespaces. The one place that knows RapidXML.
[[nodiscard]] Result<std::unique_ptr<const Tree>, Fault> build_tree(const std::string& text);

}  // namespace core::xml
