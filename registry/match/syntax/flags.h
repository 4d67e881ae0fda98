#pragma once

namespace registry::match::syntax {

/// The flags in force at a place of the pattern. Those of compile() are never set: a filter has
/// only what it says itself.
struct Flags {
  bool unix_lines = false;       // d
  bool ignore_case = false;      // i
  bool multi_line = false;       // m
  bool dot_all = false;          // s
  bool unicode_case = false;     // u, and with U
  bool comments = false;         // x
  bool unicode_classes = false;  // U
  bool canonical = false;        // c, which Java does not document; without effect here
};

}  // namespace registry::match::syntax
