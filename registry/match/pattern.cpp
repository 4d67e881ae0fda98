#include "registry/match/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <utility>

#include "core/base/check.h"
#include "registry/match/dialect.h"

namespace registry::match {
namespace {

template <typename T, void (*kFree)(T*)>
struct FreeWith {
  void operator()(T* pointer) const { kFree(pointer); }
};
template <typename T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, FreeWith<T, kFree>>;

/// Patterns are UTF-8 although paths are ASCII, so that `é?` repeats a character and not an octet
/// and `\x{100}` is one that no path has. Anchored at both ends: Matcher.matches.
constexpr std::uint32_t kCompileOptions =
    PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
constexpr std::size_t kTranslatedMax = 16 * 1024;  // octets; 1024 characters of \u escapes fit

using CompileContext = Owned<pcre2_compile_context, pcre2_compile_context_free>;

CompileContext compile_context() {
  CompileContext context{pcre2_compile_context_create(nullptr)};
  CORE_CHECK(context != nullptr);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANY);  // as Java without the flag d
  pcre2_set_max_pattern_length(context.get(), kTranslatedMax);
  return context;
}

std::string message_of(int code) {
  std::array<PCRE2_UCHAR, 160> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

/// Where in the pattern PCRE2's complaint about its own spelling lies.
std::size_t original_position(const Translated& translated, std::size_t offset,
                              std::size_t pattern_size) {
  return offset < translated.origin.size() ? translated.origin[offset] : pattern_size;
}

/// What a thread needs to match; made once per thread, bounded by the limits in pattern.h.
class WorkingSpace {
 public:
  WorkingSpace()
      : data_(pcre2_match_data_create(1, nullptr)),
        context_(pcre2_match_context_create(nullptr)),
        stack_(pcre2_jit_stack_create(32 * 1024, kJitStackMaxBytes, nullptr)) {
    CORE_CHECK(data_ != nullptr && context_ != nullptr);
    pcre2_set_match_limit(context_.get(), kMatchStepsMax);
    pcre2_set_depth_limit(context_.get(), kMatchDepthMax);
    pcre2_set_heap_limit(context_.get(), kMatchHeapMaxKib);
    if (stack_ != nullptr) pcre2_jit_stack_assign(context_.get(), nullptr, stack_.get());
  }
  [[nodiscard]] pcre2_match_data* data() const { return data_.get(); }
  [[nodiscard]] pcre2_match_context* context() const { return context_.get(); }

 private:
  Owned<pcre2_match_data, pcre2_match_data_free> data_;
  Owned<pcre2_match_context, pcre2_match_context_free> context_;
  Owned<pcre2_jit_stack, pcre2_jit_stack_free> stack_;  // null where there is no JIT
};

WorkingSpace& working_space() {
  thread_local WorkingSpace space;
  return space;
}

}  // namespace

void Pattern::Free::operator()(pcre2_real_code_8* code) const { pcre2_code_free(code); }

Pattern::Pattern(Code code, std::string literal_prefix)
    : code_(std::move(code)), literal_prefix_(std::move(literal_prefix)) {}

core::Result<std::shared_ptr<Pattern>, PatternError> Pattern::compile(std::string_view pattern) {
  auto translated = translate(pattern);
  if (!translated) return core::Unexpected{std::move(translated).error()};

  int error = 0;
  PCRE2_SIZE offset = 0;
  const CompileContext context = compile_context();
  Code code{pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->text.data()),
                          translated->text.size(), kCompileOptions, &error, &offset,
                          context.get())};
  if (code == nullptr) {
    return core::Unexpected{
        PatternError{message_of(error), original_position(*translated, offset, pattern.size())}};
  }
  return std::shared_ptr<Pattern>{
      new Pattern{std::move(code), std::move(translated->literal_prefix)}};
}

void Pattern::speed_up() {
  machine_code_ = pcre2_jit_compile(code_.get(), PCRE2_JIT_COMPLETE) == 0;
}

Pattern::Verdict Pattern::match(std::string_view path) const {
  if (path.substr(0, literal_prefix_.size()) != literal_prefix_) return Verdict::no;

  const WorkingSpace& space = working_space();
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(path.data());
  const int found = machine_code_ ? pcre2_jit_match(code_.get(), subject, path.size(), 0, 0,
                                                    space.data(), space.context())
                                  : pcre2_match(code_.get(), subject, path.size(), 0,
                                                PCRE2_NO_UTF_CHECK, space.data(), space.context());
  if (found >= 0) return Verdict::yes;
  // Besides "no match" there are the limits and trouble inside PCRE2. Either way nothing is known
  // about this path, and a request must not slip past a filter because of that.
  return found == PCRE2_ERROR_NOMATCH ? Verdict::no : Verdict::over_budget;
}

}  // namespace registry::match
