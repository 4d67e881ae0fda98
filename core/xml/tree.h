#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/xml/document.h"

namespace core::xml {

inline constexpr std::uint32_t kNoNode = 0xFFFFFFFF;

/// An element among the others in Tree::nodes; links are indices.
struct Node {
  std::string_view namespace_uri;
  std::string_view local_name;
  std::string_view text;
  std::uint32_t first_attribute = 0;
  std::uint32_t attribute_count = 0;
  std::uint32_t parent = kNoNode;
  std::uint32_t first_child = kNoNode;
  std::uint32_t next_sibling = kNoNode;
  std::uint32_t line = 1;
};

/// What a Document owns: elements in document order, the root first, and the memory that their
/// texts point into.
struct Tree {
  std::string buffer;              // the document, references expanded in place
  std::deque<std::string> joined;  // texts that were in several pieces; a deque keeps addresses
  std::vector<Node> nodes;
  std::vector<Attribute> attributes;
};

}  // namespace core::xml
