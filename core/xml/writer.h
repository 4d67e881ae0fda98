#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core::xml {

/// A namespace and the prefix that names are written with; the empty prefix makes it the default.
struct Prefix {
  std::string_view prefix;
  std::string_view namespace_uri;
};

/// Writes one document to the end of a string. The prefixes given are declared on the root; an
/// element in a namespace that was not given gets a declaration of its own.
///
/// What XML cannot say (control characters, octets that are not UTF-8) is written as U+FFFD, so the
/// result is always well-formed. Names are ours and are not checked.
///
/// The order of calls for each element: start, attributes, then text and children, end.
class Writer {
 public:
  /// `out` and the texts in `prefixes` outlive the writer.
  Writer(std::string& out, std::vector<Prefix> prefixes);

  void declaration();  ///< `<?xml version="1.0" encoding="UTF-8"?>` and a new line.
  void start(std::string_view namespace_uri, std::string_view local_name);
  void attribute(std::string_view local_name, std::string_view value);
  void attribute(std::string_view namespace_uri, std::string_view local_name,
                 std::string_view value);
  void text(std::string_view value);
  void end();

  /// An element that holds only text.
  void element(std::string_view namespace_uri, std::string_view local_name,
               std::string_view value) {
    start(namespace_uri, local_name);
    text(value);
    end();
  }

 private:
  struct Open {
    std::string name;               // as written, with its prefix
    std::string default_namespace;  // in force inside
    bool tag_open;                  // `>` of the start tag is still to come
  };

  std::string qualified(std::string_view namespace_uri, std::string_view local_name,
                        std::string& declarations, std::string& default_namespace);
  void declare_given(std::string& declarations, std::string& default_namespace,
                     bool with_default) const;
  void close_tag();

  std::string& out_;
  std::vector<Prefix> prefixes_;
  std::vector<Open> open_;
  std::size_t generated_ = 0;  // prefixes made up so far
};

}  // namespace core::xml
