#include "amqp/access/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <utility>

#include "core/base/check.h"

namespace amqp::access {
namespace {

constexpr std::string_view kAnything = ".*";
constexpr std::string_view kNothing = "^$";  // no name, but the empty routing key

template <typename T, void (*kFree)(T*)>
struct FreeWith {
  void operator()(T* pointer) const { kFree(pointer); }
};
template <typename T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, FreeWith<T, kFree>>;

/// What a thread needs to match; made once per thread.
class WorkingSpace {
 public:
  WorkingSpace()
      : data_(pcre2_match_data_create(1, nullptr)), context_(pcre2_match_context_create(nullptr)) {
    CORE_CHECK(data_ != nullptr && context_ != nullptr);
    pcre2_set_match_limit(context_.get(), kMatchStepsMax);
    pcre2_set_depth_limit(context_.get(), kMatchDepthMax);
    pcre2_set_heap_limit(context_.get(), kMatchHeapMaxKib);
  }
  [[nodiscard]] pcre2_match_data* data() const { return data_.get(); }
  [[nodiscard]] pcre2_match_context* context() const { return context_.get(); }

 private:
  Owned<pcre2_match_data, pcre2_match_data_free> data_;
  Owned<pcre2_match_context, pcre2_match_context_free> context_;
};

std::string message_of(int code, std::size_t offset) {
  std::array<PCRE2_UCHAR, 160> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return std::string{reinterpret_cast<const char*>(text.data())} + " at position " +
         std::to_string(offset);
}

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

void append_escaped(std::string& pattern, std::string_view value) {
  for (const char c : value) {
    if (!is_plain(c)) pattern.push_back('\\');
    pattern.push_back(c);
  }
}

}  // namespace

core::Result<Pattern, std::string> Pattern::compile(std::string_view text) {
  Pattern pattern;
  pattern.all_ = text == kAnything;
  if (pattern.all_) return pattern;
  if (text.empty()) text = kNothing;

  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                   PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr);
  if (code == nullptr) return core::Unexpected{message_of(error, offset)};
  pattern.code_ = {code, [](const pcre2_code* gone) {
                     pcre2_code_free(const_cast<pcre2_code*>(gone));  // NOLINT: it is ours
                   }};
  return pattern;
}

bool Pattern::matches(std::string_view name) const {
  if (code_ == nullptr) return all_;
  thread_local const WorkingSpace space;
  const char* const text = name.empty() ? "" : name.data();  // PCRE2 takes no null pointer
  // Besides "no match" there are the limits and trouble inside PCRE2; all of that is no.
  return pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text), name.size(), 0, 0,
                     space.data(), space.context()) >= 0;
}

std::string expand(std::string_view text, std::string_view user, std::string_view vhost) {
  constexpr std::string_view kUser = "{username}";
  constexpr std::string_view kVhost = "{vhost}";
  std::string expanded;
  while (!text.empty()) {
    if (text.starts_with(kUser)) {
      append_escaped(expanded, user);
      text.remove_prefix(kUser.size());
    } else if (text.starts_with(kVhost)) {
      append_escaped(expanded, vhost);
      text.remove_prefix(kVhost.size());
    } else {
      expanded.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return expanded;
}

}  // namespace amqp::access
