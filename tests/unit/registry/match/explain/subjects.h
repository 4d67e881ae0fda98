#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/encoding/code_points.h"
#include "registry/match/explain/subject.h"

namespace registry::match::explain {

/// The subject of a pattern that must compile.
inline Subject subject(std::string_view pattern) {
  auto made = subject_of(*core::code_points_of(pattern));
  EXPECT_TRUE(made) << pattern << ": " << (made ? "" : made.error().reason);
  if (!made) return *subject_of(U"");
  return *std::move(made);
}

inline PathGraph graph(std::string_view pattern) {
  const Subject made = subject(pattern);
  EXPECT_TRUE(made.graph) << pattern;
  return *made.graph;
}

}  // namespace registry::match::explain
