#include "registry/match/engine/backtracker.h"

#include <limits>
#include <string>

#include "registry/match/engine/compile.h"
#include "registry/match/engine/machine.h"

namespace registry::match::engine {
namespace {

/// Places are 32 bits wide; an input beyond this is over any budget.
constexpr std::size_t kInputSizeMax = std::numeric_limits<std::int32_t>::max();

Workspace& workspace() {
  thread_local Workspace space;
  return space;
}

/// Code points as the UTF-16 that Java sees, and the way back.
struct Utf16 {
  std::u16string units;
  std::vector<std::uint32_t> code_point_of;  // for each unit and the end

  void assign(std::u32string_view input) {
    units.clear();
    code_point_of.clear();
    for (std::size_t i = 0; i < input.size(); ++i) {
      const char32_t c = input[i];
      if (c > 0xFFFF) {
        code_point_of.push_back(static_cast<std::uint32_t>(i));
        units.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
      }
      code_point_of.push_back(static_cast<std::uint32_t>(i));
      units.push_back(static_cast<char16_t>(c > 0xFFFF ? 0xDC00 + (c & 0x3FF) : c));
    }
    code_point_of.push_back(static_cast<std::uint32_t>(input.size()));
  }
};

/// Captures that failed ways left behind forbid the memo. So first it is found out with the memo
/// whether there is a match at all.
template <typename Unit>
Outcome run_with(const Program& program, const Input<Unit>& input, std::uint64_t budget_steps,
                 bool captures) {
  Workspace& space = workspace();
  Outcome first;
  if (captures && program.leaves_captures) {
    first = run(program, input, space, budget_steps, false, Remember::after_a_while);
    if (first.verdict != Verdict::yes) return first;
  }
  Outcome outcome =
      run(program, input, space, budget_steps - first.steps, captures, Remember::after_a_while);
  outcome.steps += first.steps;
  return outcome;
}

void copy_captures(const std::vector<Span>& from, std::size_t input_size,
                   std::vector<Capture>& to) {
  to.assign(from.size(), Capture{});
  for (std::size_t i = 1; i < from.size(); ++i) {
    if (from[i].first != kNowherePlace) to[i] = {from[i].first, from[i].last};
  }
  to[0] = {0, input_size};
}

}  // namespace

Backtracker::Backtracker(const syntax::Tree& tree)
    : program_(std::make_shared<const Program>(compile(tree))) {}

Outcome Backtracker::match(std::string_view path, std::uint64_t budget_steps,
                           std::vector<Capture>* captures) const {
  if (path.size() > kInputSizeMax) return {Verdict::over_budget, budget_steps};
  const Input<char> input{path.data(), static_cast<std::uint32_t>(path.size()), {}, nullptr};
  const Outcome outcome = run_with(*program_, input, budget_steps, captures != nullptr);
  if (outcome.verdict == Verdict::yes && captures != nullptr) {
    copy_captures(workspace().captures, path.size(), *captures);
  }
  return outcome;
}

Outcome Backtracker::match(std::u32string_view text, std::uint64_t budget_steps,
                           std::vector<Capture>* captures) const {
  if (text.size() > kInputSizeMax / 2) return {Verdict::over_budget, budget_steps};
  thread_local Utf16 utf16;
  utf16.assign(text);
  const Input<char16_t> input{utf16.units.data(), static_cast<std::uint32_t>(utf16.units.size()),
                              text, utf16.code_point_of.data()};
  const Outcome outcome = run_with(*program_, input, budget_steps, captures != nullptr);
  if (outcome.verdict != Verdict::yes || captures == nullptr) return outcome;
  copy_captures(workspace().captures, text.size(), *captures);
  for (std::size_t i = 1; i < captures->size(); ++i) {
    Capture& capture = (*captures)[i];
    if (capture.first == Capture::kNoPlace) continue;
    capture = {utf16.code_point_of[capture.first], utf16.code_point_of[capture.last]};
  }
  return outcome;
}

std::size_t Backtracker::memory_bytes() const { return sizeof *this + program_->memory_bytes(); }

}  // namespace registry::match::engine
